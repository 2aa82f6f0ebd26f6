import { z } from 'zod';
import { interactionId } from '../../../gate/http/interaction.schema.ts';
import { parseEmailAddress } from '../../../platform/email-address.ts';

const email = z
  .string()
  .max(320)
  .refine((text) => parseEmailAddress(text) !== undefined, { params: { rule: 'email' } });

export const Register = z.strictObject({
  email,
  password: z.string().min(1).max(4096),
  phone: z.string().min(4).max(32).optional(),
  language: z.enum(['it', 'en']),
  interaction: interactionId.optional(),
});

export const Registered = z.object({ registration: z.uuid(), resendAt: z.iso.datetime() });
export const RegistrationParams = z.object({ id: z.uuid() });
export const Resent = z.object({ resendAt: z.iso.datetime() });
export const Confirm = z.strictObject({
  token: z.string().min(1).max(128),
  password: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe('Asked for where the link is opened in another browser than the registration'),
});
export const Confirmed = z.object({
  userId: z.string().describe('Ten characters, assigned now and never reused'),
  email: z.string(),
  continueTo: z.string(),
});
