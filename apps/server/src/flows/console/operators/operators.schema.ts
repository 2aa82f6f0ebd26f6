import { z } from 'zod';
import { ROLES } from '../../../gate/operators.ts';
import { parseEmailAddress } from '../../../platform/email-address.ts';

const roles = z
  .array(z.enum(ROLES))
  .min(1)
  .max(ROLES.length)
  .refine((all) => new Set(all).size === all.length);

/** The ceremony in which the operator approved this very request; left out when it is made for the first time. */
const approval = z.string().min(1).max(64).optional();

export const OperatorList = z.object({
  operators: z.array(
    z.object({
      id: z.string(),
      name: z.string().describe('Empty until the invitation is taken up'),
      email: z.string(),
      state: z.enum(['invited', 'active', 'removed']),
      roles: z.array(z.enum(ROLES)),
      createdAt: z.iso.datetime(),
      isSelf: z.boolean(),
    }),
  ),
});

export const Invite = z.strictObject({
  email: z
    .string()
    .max(320)
    .refine((text) => parseEmailAddress(text) !== undefined, { params: { rule: 'email' } }),
  roles,
  language: z.enum(['it', 'en']),
  approval,
});
export const ChangeRoles = z.strictObject({ roles, approval });
export const Remove = z.strictObject({ approval });
export const OperatorParams = z.object({ id: z.uuid() });
