import { isEqualInConstantTime } from './constant-time.ts';
import { hotp, type OtpAlgorithm } from './hotp.ts';

/** How a time-based code is made and how far the two clocks may differ. */
export interface TotpOptions {
  /** Length of a time step; 30 by default (RFC 6238 §5.2). */
  stepSeconds?: number;
  /** 6 by default. */
  digits?: number;
  /** SHA-1 by default: the only one that every authenticator app knows. */
  algorithm?: OtpAlgorithm;
}

/** The number of whole steps since the Unix epoch (T of RFC 6238 §4.2). */
export function timeStepAt(nowMs: number, stepSeconds = 30): number {
  return Math.floor(nowMs / 1000 / stepSeconds);
}

/** The code an authenticator shows at a moment (RFC 6238 §4). @param nowMs Unix time, in milliseconds */
export async function totpAt(seed: Uint8Array, nowMs: number, options: TotpOptions = {}): Promise<string> {
  const { stepSeconds = 30, digits = 6, algorithm } = options;
  return hotp(seed, timeStepAt(nowMs, stepSeconds), digits, algorithm);
}

/**
 * The time step a code belongs to, or undefined if it matches none that is still good.
 * Looks `window` steps (1) back for network delay and as many ahead for a fast clock (RFC 6238 §5.2), and
 * never at or before `usedStep`: a code works once. Every candidate is computed and compared whatever the
 * answer, so that the time tells nothing. Should two steps share the code, the later one is spent, or the
 * same digits would work twice.
 *
 * @param code ASCII digits only; see `normaliseCode`
 * @param nowMs Unix time, in milliseconds
 * @param usedStep the last step spent; -1 when there was none
 */
export async function matchTotp(
  seed: Uint8Array,
  code: string,
  nowMs: number,
  usedStep: number,
  options: TotpOptions & { window?: number } = {},
): Promise<number | undefined> {
  const { stepSeconds = 30, digits = 6, algorithm, window = 1 } = options;
  const current = timeStepAt(nowMs, stepSeconds);
  let matched: number | undefined;
  for (let step = Math.max(0, current - window); step <= current + window; step += 1) {
    const isMatch = isEqualInConstantTime(await hotp(seed, step, digits, algorithm), code);
    if (isMatch && step > usedStep) matched = step;
  }
  return matched;
}
