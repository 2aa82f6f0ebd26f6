import { z } from 'zod';
import { CeremonyView, RelyingPartyView } from '../../../gate/http/ceremony.schema.ts';
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
  step: z.enum(['password', 'ceremony', 'consent', 'done']),
  ceremony: CeremonyView.nullable(),
});

export const PasswordSignIn = z.strictObject({
  interaction: interactionId.optional(),
  identifier: z.string().min(1).max(320),
  password: z.string().min(1).max(4096),
});

export const FinishSignIn = z.strictObject({
  ceremony: z.string().min(1).max(64).optional(),
  interaction: interactionId.optional(),
  returnTo: returnTo.optional(),
});

export const Redirection = z.object({ redirectTo: z.string() });
