import { z } from 'zod';

const base64url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/);

/** Credential ids are at most 1,023 bytes (WebAuthn Level 3 §4), user handles 64. */
const CredentialId = base64url(1364);
const ClientData = base64url(8192);

const attachment = z.enum(['platform', 'cross-platform']).nullish().catch(null);

/** What a passkey answered: `AuthenticationResponseJSON` (WebAuthn Level 3 §5.1). */
export const Assertion = z
  .object({
    id: CredentialId,
    rawId: CredentialId,
    type: z.literal('public-key'),
    response: z.object({
      clientDataJSON: ClientData,
      authenticatorData: base64url(8192),
      signature: base64url(2048),
      userHandle: base64url(86).nullish(),
    }),
  })
  .meta({ id: 'PasskeyAnswer' });

/** What making a passkey answered: `RegistrationResponseJSON` (WebAuthn Level 3 §5.1). */
export const Attestation = z
  .object({
    id: CredentialId,
    rawId: CredentialId,
    type: z.literal('public-key'),
    authenticatorAttachment: attachment,
    response: z.object({
      clientDataJSON: ClientData,
      attestationObject: base64url(65_536),
      transports: z.array(z.string().max(32)).max(10).optional(),
    }),
    clientExtensionResults: z
      .object({ credProps: z.object({ rk: z.boolean().optional() }).optional() })
      .optional(),
  })
  .meta({ id: 'NewPasskey' });

export type Assertion = z.infer<typeof Assertion>;
export type Attestation = z.infer<typeof Attestation>;
