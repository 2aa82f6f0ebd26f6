import { z } from 'zod';
import { interactionId } from '../../../gate/http/interaction.schema.ts';

const token = z.string().min(1).max(128);
const interaction = interactionId.optional();

export const RequestReset = z.strictObject({ identifier: z.string().min(1).max(320), interaction });
export const CheckReset = z.strictObject({ token });
export const ResetChecked = z.object({
  email: z.string().describe('Masked'),
  minLength: z.int(),
  identity: z.boolean().describe('The account holds a digital identity: stricter rules hold'),
});
export const CompleteReset = z.strictObject({ token, password: z.string().min(1).max(4096), interaction });
export const ResetDone = z.object({ continueTo: z.string() });
