/** The value is there; if not, says what to write (`problems.need-<what>`). */
export function needs(what: Needed): (value: string) => string | undefined {
  return (value) => (value.trim() === '' ? `problems.need-${what}` : undefined);
}

type Needed = 'identifier' | 'password' | 'code' | 'recovery-code' | 'message' | 'name' | 'serial';

/** Looks like an e-mail address; whether it exists is shown by the message that reaches it. */
export function emailAddress(value: string): string | undefined {
  if (value.trim() === '') return 'problems.need-email';
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim()) ? undefined : 'problems.rule-email';
}

/** How long a password is, as the server counts: code points of the composed form. */
export function passwordLength(password: string): number {
  return [...password.normalize('NFC')].length;
}

/** There is a password, and it is long enough; whether others would guess it is for the server to say. */
export function newPassword(minLength: number): (value: string) => string | undefined {
  return (value) => {
    if (value === '') return 'problems.need-password';
    return passwordLength(value) < minLength ? 'problems.rule-password-short' : undefined;
  };
}

/** Digits of the longest codes that tokens show. */
export const MOST_TOKEN_DIGITS = 8;

/** What a token shows: 6 to 8 digits. */
export function tokenCode(value: string): string | undefined {
  return /^\d{6,8}$/.test(value) ? undefined : 'problems.rule-token-code';
}

/** The code after the first one: a token that still shows the same one has not gone on yet. */
export function tokenCodeAfter(value: string, { code }: Record<string, string>): string | undefined {
  return tokenCode(value) ?? (value === code ? 'problems.rule-second-code' : undefined);
}

/** All six digits are there. */
export function sixDigits(value: string): string | undefined {
  return /^\d{6}$/.test(value) ? undefined : 'problems.rule-six-digits';
}
