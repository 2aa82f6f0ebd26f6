import { z } from 'zod';
import { Attestation } from '../../../factors/passkey/credential.schema.ts';
import { ChallengeView } from '../../../gate/http/ceremony.schema.ts';

export const StartEnrolment = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('totp') }),
  z.strictObject({ method: z.literal('passkey') }),
  z.strictObject({
    method: z.literal('hardware-token'),
    serial: z.string().min(1).max(64).describe('The serial number on the token'),
  }),
  z.strictObject({ method: z.literal('sms-code'), phone: z.string().min(4).max(32) }),
]);

export const EnrolmentAnswer = z.object({
  enrolment: z.object({
    id: z.uuid(),
    method: z.string(),
    key: z.string().nullable().describe('The key as text, base32 (RFC 4648), for typing into an app'),
    keyUri: z.string().nullable().describe('The same as an otpauth:// address, for a QR code'),
    challenge: ChallengeView.nullable(),
  }),
});

export const EnrolmentParams = z.object({ id: z.string().min(1).max(64), enrolment: z.uuid() });

/** A name a holder gives: one line, no control characters. */
const Label = z
  .string()
  .trim()
  .max(40)
  .regex(/^[^\p{C}]*$/u);

export const FinishEnrolment = z.strictObject({
  code: z
    .string()
    .max(32)
    .default('')
    .describe('Left out for a passkey; of a hardware token two consecutive codes, one after the other'),
  credential: Attestation.optional().describe('The passkey that the browser made'),
  challenge: z.uuid().optional(),
  label: Label.optional(),
});
