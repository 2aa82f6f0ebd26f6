import { isPublicJwk, type PublicJwk, type SignedPairing } from '@sigillo/device-protocol';
import { z } from 'zod';
import { deviceName } from '../../gate/http/device-name.schema.ts';

const coordinate = z.string().length(43);

/** Of an app that is not linked yet: it signed the request. */
const deviceKey = z
  .strictObject({ crv: z.literal('P-256'), kty: z.literal('EC'), x: coordinate, y: coordinate })
  .refine((key) => isPublicJwk(key))
  .describe(
    'The public key that signed this request, as a JWK; `keyid` is its thumbprint',
  ) satisfies z.ZodType<PublicJwk>;

const jws = z.string().max(4096);
const pairing = z
  .strictObject({ byDevice: jws, byApproval: jws })
  .describe(
    'The message `sigillo-pairing`, signed by both keys of the app',
  ) satisfies z.ZodType<SignedPairing>;

export const Unlinked = z.strictObject({ deviceKey });

export const StartLink = Unlinked.extend({
  identifier: z.string().min(1).max(320),
  password: z.string().min(1).max(4096),
}).strict();

const ask = {
  slot: z.string().min(1).max(32),
  method: z.string().min(1).max(32),
  target: z.uuid().nullable(),
};
export const LinkAsk = Unlinked.extend(ask).strict();
export const LinkProof = Unlinked.extend({
  ...ask,
  code: z.string().max(4096),
  challenge: z.uuid().optional(),
}).strict();

export const Pairing = Unlinked.extend({ pairing, name: deviceName }).strict();
export const PairingCode = Unlinked.extend({
  code: z.string().max(64).describe('As it was scanned, or typed in any way'),
}).strict();

export const LinkedAccount = z
  .object({
    id: z.uuid(),
    userId: z.string(),
    email: z.string().describe('Masked before the app is linked'),
    service: z.string().describe('Name of this installation'),
  })
  .meta({ id: 'LinkedAccount' });

export const Linked = z
  .object({
    device: z.string().describe('How the device names itself from now on: `keyid` of its requests'),
    account: LinkedAccount,
    seed: z.string().describe('Of its one-time codes: 20 bytes, base64url; told once'),
  })
  .meta({ id: 'Linked' });
