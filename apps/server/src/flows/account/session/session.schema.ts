import { z } from 'zod';

export const SessionState = z.object({
  signedIn: z.boolean(),
  account: z.object({ userId: z.string(), email: z.string(), language: z.enum(['it', 'en']) }).nullable(),
  expiresAt: z.iso.datetime().nullable(),
});

export const FinishStepUp = z.strictObject({ ceremony: z.string().min(1).max(64) });
