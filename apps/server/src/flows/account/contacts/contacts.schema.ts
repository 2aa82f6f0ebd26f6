import { z } from 'zod';
import { CeremonyView, ChallengeView } from '../../../gate/http/ceremony.schema.ts';

const ceremony = z.string().min(1).max(64);
const token = z.string().min(1).max(128);

export const ContactParams = z.object({ id: z.uuid() });
export const Ceremony = z.strictObject({ ceremony });
export const BeginChange = z.strictObject({ kind: z.enum(['email', 'phone']) });
export const NameAddress = z.strictObject({
  ceremony,
  address: z.string().min(1).max(320).describe('An e-mail address, or a telephone number in E.164'),
});
export const Named = z.object({ ceremony: CeremonyView, challenge: ChallengeView });
export const FinishChange = z.strictObject({
  ceremony,
  challenge: z.uuid(),
  code: z.string().min(1).max(64),
});
export const Changed = z.object({ changeableAt: z.iso.datetime().describe('When it can be changed again') });
export const CancelToken = z.strictObject({ token });
export const CancelView = z.object({
  kind: z.enum(['email', 'phone']),
  old: z.string().describe('Masked: what comes back'),
  changedAt: z.iso.datetime(),
  undoUntil: z.iso.datetime(),
});
