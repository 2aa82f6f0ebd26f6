import { z } from 'zod';

export const AskBody = z.strictObject({
  slot: z.string().min(1).max(32),
  method: z.string().min(1).max(32),
  target: z.uuid().nullable(),
});

export const ProofBody = AskBody.extend({
  challenge: z.uuid().optional(),
  code: z.string().min(1).max(4096),
}).strict();
