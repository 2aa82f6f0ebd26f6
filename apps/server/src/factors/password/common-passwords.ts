import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { normalisePassword } from './password-text.ts';

/** Passwords too many people use, or that have leaked. */
export interface CommonPasswords {
  readonly size: number;
  has(password: string): boolean;
}

/** Bytes of SHA-256 kept of each password; the list and its making are described in `common-passwords.md`. */
export const PREFIX_BYTES = 5;

/** Shorter ones are refused for their length and need not be in the list. */
export const SHORTEST_LISTED = 8;

const FILE = new URL('common-passwords.bin', import.meta.url);

/** Reads the list that belongs to this release: 3 MiB, a few milliseconds. */
export function loadCommonPasswords(): CommonPasswords {
  const prefixes = readFileSync(FILE);
  return {
    size: prefixes.length / PREFIX_BYTES,
    has: (password) => contains(prefixes, hashPrefix(password)),
  };
}

/** What the list holds of a password: case does not count, or `Password` would pass for uncommon. */
export function hashPrefix(password: string): number {
  const folded = normalisePassword(normalisePassword(password).toLowerCase());
  return createHash('sha256').update(folded).digest().readUIntBE(0, PREFIX_BYTES);
}

/** Binary search: the prefixes stand in ascending order. */
function contains(prefixes: Buffer, wanted: number): boolean {
  let low = 0;
  let high = prefixes.length / PREFIX_BYTES - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = prefixes.readUIntBE(middle * PREFIX_BYTES, PREFIX_BYTES);
    if (found === wanted) return true;
    if (found < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
