import type { CommonPasswords } from './common-passwords.ts';
import { isMadeOfNames, type KnownNames } from './password-names.ts';
import { countCodePoints, normalisePassword } from './password-text.ts';

/** Why a new password was not accepted; pages translate it. */
export type PasswordRefusal = 'too-short' | 'too-long' | 'common' | 'contains-name';

/** Enough for 128 code points of any script ([PW-1]); more would make hashing a way to waste our time. */
const MAX_PASSWORD_BYTES = 1024;

/** Least length in code points ([PW-1]; NIST SP 800-63B-4 §3.1.1.2). */
export function minPasswordLength(isSecondFactorMandatory: boolean): 8 | 15 {
  return isSecondFactorMandatory ? 8 : 15;
}

/** Whether a password, new or typed to sign in, is beyond what is ever hashed. */
export function isPasswordTooLong(password: string): boolean {
  return Buffer.byteLength(normalisePassword(password)) > MAX_PASSWORD_BYTES;
}

/**
 * Why a new password is refused, or undefined when it is good. Length and what others know are all that
 * counts: no rules about kinds of characters ([PW-2]).
 *
 * @param minLength in code points; see `minPasswordLength`
 */
export function refuseNewPassword(
  password: string,
  context: { minLength: number; names: KnownNames; common: CommonPasswords },
): PasswordRefusal | undefined {
  if (isPasswordTooLong(password)) return 'too-long';
  if (countCodePoints(normalisePassword(password)) < context.minLength) return 'too-short';
  if (context.common.has(password)) return 'common';
  if (isMadeOfNames(password, context.names)) return 'contains-name';
  return undefined;
}
