import { z } from 'zod';
import { Assertion } from '../../../factors/passkey/credential.schema.ts';
import { CeremonyView, PublicKeyOptions, RelyingPartyView } from '../../../gate/http/ceremony.schema.ts';
import { interactionId } from '../../../gate/http/interaction.schema.ts';

/** A path of our own pages; never another origin. */
const returnTo = z
  .string()
  .max(512)
  .regex(/^\/(?![/\\])[^\\\p{Cc}]*$/u);

export const StartSignIn = z.strictObject({ interaction: interactionId.optional() });

export const SignInState = z.object({
  relyingParty: RelyingPartyView.nullable(),
  registrationPhone: z.enum(['required', 'optional', 'none']),
  passwordMinLength: z.int().describe('Code points that a new password needs at least'),
  loginHint: z.string().nullable(),
  session: z.object({ email: z.string() }).nullable(),
  takesQr: z.boolean().describe('Whether the app may sign in here by scanning a code'),
  takesPasskeys: z.boolean().describe('Whether a passkey may sign in here'),
  step: z.enum(['password', 'ceremony', 'consent', 'done']),
  ceremony: CeremonyView.nullable(),
});

export const PasswordSignIn = z.strictObject({
  interaction: interactionId.optional(),
  identifier: z.string().min(1).max(320),
  password: z.string().min(1).max(4096),
});

export const PasskeyQuestion = z.object({
  ticket: z.string().describe('Names the question; to be sent back with the answer'),
  publicKey: PublicKeyOptions,
  expiresAt: z.iso.datetime(),
});

export const PasskeySignIn = z.strictObject({
  interaction: interactionId.optional(),
  ticket: z.string().min(1).max(64),
  credential: Assertion,
});

export const FinishSignIn = z.strictObject({
  ceremony: z.string().min(1).max(64).optional(),
  interaction: interactionId.optional(),
  returnTo: returnTo.optional(),
});

export const Redirection = z.object({ redirectTo: z.string() });
