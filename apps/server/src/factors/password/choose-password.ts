import { badInput } from '../../platform/http/http.problems.ts';
import { defineProblem } from '../../platform/http/problems.ts';
import type { CommonPasswords } from './common-passwords.ts';
import type { IdentityRefusal } from './identity-password.ts';
import type { PasswordHasher } from './password-hashing.ts';
import type { KnownNames } from './password-names.ts';
import { type PasswordRefusal, refuseNewPassword } from './password-rules.ts';

export const passwordRefused = defineProblem<{
  reason: Exclude<PasswordRefusal, 'too-long'> | IdentityRefusal;
  minLength: number;
}>(
  'password-refused',
  422,
  'Choose another password',
  'The reason is one of too-short, common, contains-name; of who has a digital identity also needs-upper, needs-lower, needs-digit, needs-special, repeated, personal, used-before.',
);

/** What choosing a password needs. */
export interface PasswordChoice {
  hasher: PasswordHasher;
  common: CommonPasswords;
  minLength: number;
  brand: string;
}

/**
 * Checks a new password and hashes it.
 *
 * @returns a PHC string
 * @throws passwordRefused with the reason; badInput beyond 1,024 bytes ([PW-1]); busy when the hashing queue is full
 */
export async function hashNewPassword(
  { hasher, common, minLength, brand }: PasswordChoice,
  password: string,
  names: Omit<KnownNames, 'brand'>,
): Promise<string> {
  const reason = refuseNewPassword(password, { minLength, names: { ...names, brand }, common });
  if (reason === 'too-long') throw badInput({ fields: [{ path: 'password', rule: 'too-long' }] });
  if (reason) throw passwordRefused({ reason, minLength });
  return hasher.hash(password);
}
