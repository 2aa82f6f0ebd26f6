import { isEqualInConstantTime } from './constant-time.ts';
import { hotp, type OtpAlgorithm } from './hotp.ts';

/** How a counter-based code is made. */
export interface HotpOptions {
  /** 6 by default. */
  digits?: number;
  /** SHA-1 by default: the one of RFC 4226. */
  algorithm?: OtpAlgorithm;
}

/** How many codes a token may be ahead of us because its button was pressed for nothing (s of RFC 4226 §7.4). */
export const LOOK_AHEAD = 10;

/** How far two consecutive codes are looked for, in counter values or in time steps to either side. */
const RESYNC_WINDOW = 500;

/**
 * The counter a code belongs to, from the next one expected to ten beyond it, or undefined if it matches none
 * (RFC 4226 §7.4). Every candidate is computed and compared whatever the answer. Should two counters share the
 * code, the later one is spent, or the same digits would work twice.
 *
 * @param code ASCII digits only; see `normaliseCode`
 * @param usedCounter the last counter spent; -1 when there was none
 */
export async function matchHotp(
  seed: Uint8Array,
  code: string,
  usedCounter: number,
  options: HotpOptions = {},
): Promise<number | undefined> {
  const window = { first: usedCounter + 1, last: usedCounter + 1 + LOOK_AHEAD };
  return lastOf(seed, [code], window, options);
}

/** What a token is, as far as finding its place needs it. */
export type TokenKind = { kind: 'hotp' } | { kind: 'totp'; nowStep: number };

/**
 * Finds where a token stands by two consecutive codes (RFC 4226 §7.4, RFC 6238 §6): the second one's counter or
 * time step, or undefined when no two neighbours match. Always looks at as many values, whatever the token is, so
 * that the time tells nothing.
 *
 * @param used the last counter or step spent: nothing at or before it is found; -1 when there was none
 */
export async function resynchronise(
  seed: Uint8Array,
  codes: readonly [first: string, second: string],
  used: number,
  token: TokenKind & HotpOptions,
): Promise<number | undefined> {
  const first = token.kind === 'totp' ? Math.max(0, token.nowStep - RESYNC_WINDOW / 2) : used + 1;
  const second = await lastOf(seed, codes, { first, last: first + RESYNC_WINDOW }, token);
  return second !== undefined && second - codes.length >= used ? second : undefined;
}

/** The value of the last of some consecutive codes, the latest of several places where all of them match. */
async function lastOf(
  seed: Uint8Array,
  codes: readonly string[],
  { first, last }: { first: number; last: number },
  { digits = 6, algorithm = 'SHA-1' }: HotpOptions,
): Promise<number | undefined> {
  let found: number | undefined;
  let inARow: boolean[] = [];
  for (let value = first; value <= last; value += 1) {
    const made = await hotp(seed, value, digits, algorithm);
    const fits = codes.map((code) => isEqualInConstantTime(made, code));
    // How far a row of matches had come with the value before decides whether this one goes on with it.
    inARow = fits.map((fit, i) => fit && (i === 0 || inARow[i - 1] === true));
    if (inARow.at(-1) === true) found = value;
  }
  return found;
}
