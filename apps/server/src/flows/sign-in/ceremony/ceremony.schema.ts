import { z } from 'zod';
import { Assertion } from '../../../factors/passkey/credential.schema.ts';

export const AskBody = z.strictObject({
  slot: z.string().min(1).max(32),
  method: z.string().min(1).max(32),
  target: z.uuid().nullable(),
});

export const ProofBody = AskBody.extend({
  challenge: z.uuid().optional(),
  code: z.string().max(4096).default('').describe('What was sent or computed; left out for a passkey'),
  credential: Assertion.optional().describe('What a passkey answered'),
}).strict();
