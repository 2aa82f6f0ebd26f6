import { encodeBits } from './base32.ts';

/** Crockford's base 32: no I, L, O or U, so that nothing is mistaken for a digit. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new recovery code as it is printed: 80 random bits as 16 characters, in groups of four. */
export function recoveryCode(): string {
  const symbols = encodeBits(crypto.getRandomValues(new Uint8Array(10)), CROCKFORD);
  return symbols.replace(/(.{4})(?=.)/g, '$1-');
}

/**
 * The 16 characters of a recovery code as somebody copied it from paper: any case, with or without spaces
 * and dashes, the letter O read as zero, I and L as one. This form is what gets hashed.
 * Undefined when it cannot be such a code.
 */
export function normaliseRecoveryCode(text: string): string | undefined {
  if (text.length > 64) return undefined;
  const symbols = text
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(symbols) ? symbols : undefined;
}
