/**
 * User ids: ten characters that a person reads from a letter and types. Nine are random (45 bits), the last
 * one checks the others.
 *
 * The alphabet is Crockford's base 32: without I, L, O and U, so that nothing is mistaken for 1 or 0.
 *
 * The check is Damm's algorithm over the field GF(2⁵). Luhn's "mod N" would not do: in an alphabet of even
 * size it misses one transposition (first and last character), and a weighted sum modulo 32 misses many.
 * Over a field, multiplying by 2 and by 2 − 1 are both reversible, which is all that is needed to detect
 * every wrong character and every pair of neighbours in the wrong order.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

/** A random user id; whether it was given out before is for the store of identifiers to say. */
export function newUserId(): string {
  // 256 is a multiple of 32, so the low five bits of a random byte are unbiased.
  const values = Array.from(crypto.getRandomValues(new Uint8Array(LENGTH - 1)), (byte) => byte & 31);
  return [...values, checkOf(values)].map((value) => ALPHABET.charAt(value)).join('');
}

/** Whether a text is a user id exactly as we write it. */
export function isUserId(text: string): boolean {
  const values = Array.from(text, (character) => ALPHABET.indexOf(character));
  return values.length === LENGTH && !values.includes(-1) && checkOf(values) === 0;
}

/**
 * The user id somebody meant: any case, with spaces or dashes, O for zero, I or L for one.
 * Undefined when it is none, or a character in it is wrong, or cannot be seen.
 */
export function normaliseUserId(text: string): string | undefined {
  if (text.length > 64 || /\p{Cf}/u.test(text)) return undefined;
  const userId = text
    .normalize('NFKC')
    .replace(/[\s\p{Pd}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return isUserId(userId) ? userId : undefined;
}

/** The check value of a sequence; of a sequence that ends in its own check value, 0. */
function checkOf(values: number[]): number {
  return values.reduce((interim, value) => double(interim ^ value), 0);
}

/** Multiplication by 2 in GF(2⁵), modulo the primitive polynomial x⁵ + x² + 1. */
function double(value: number): number {
  return value & 16 ? (value << 1) ^ 0b100101 : value << 1;
}
