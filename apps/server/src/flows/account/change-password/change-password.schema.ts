import { z } from 'zod';

const password = z.string().min(1).max(4096);

export const BeginPasswordChange = z.strictObject({ current: password, next: password });
export const FinishPasswordChange = z.strictObject({ ceremony: z.string().min(1).max(64) });
export const PasswordRulesView = z
  .object({
    minLength: z.int(),
    identity: z
      .boolean()
      .describe('The account holds a digital identity: stricter rules hold, and it lasts 180 days'),
  })
  .meta({ id: 'PasswordRules' });
