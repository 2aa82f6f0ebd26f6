import type { OtpAlgorithm } from '@sigillo/otp';

/** An account whose codes this app shows; without the secret, which stays sealed until a code is made. */
export type CodeAccount = AccountDetails & { id: string };

/** Everything about an account but its secret. */
export type AccountDetails = AccountNames & {
  digits: number;
  algorithm: OtpAlgorithm;
} & ({ type: 'totp'; stepSeconds: number } | { type: 'hotp'; counter: number });

/** What the holder reads, and may change. */
export interface AccountNames {
  issuer: string;
  account: string;
}

/** How an account is called where there is room for one name. */
export function nameOf({ issuer, account }: AccountNames): string {
  return issuer && account ? `${issuer} (${account})` : issuer || account;
}

/**
 * A name that came from elsewhere, fit to be shown: without control characters and the invisible ones that turn
 * or hide text (Unicode Cc and Cf), which a picture made by others may hold.
 */
export function cleanName(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
