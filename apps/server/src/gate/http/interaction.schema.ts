import { z } from 'zod';

/** The id of a relying party's request that waits for the holder: letters, digits, `-` and `_`. */
export const interactionId = z.string().regex(/^[\w-]{1,128}$/);
