import { z } from 'zod';

/** How a device is called on account pages: "Chrome on Android", or what its holder prefers. */
export const deviceName = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^\p{C}]*$/u);
