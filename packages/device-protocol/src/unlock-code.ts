import { isCommonCode } from './common-codes.ts';

/** Why an unlock code is refused. */
export type UnlockCodeWeakness =
  | 'not-digits'
  | 'too-short'
  | 'too-long'
  | 'run'
  | 'repeat'
  | 'date'
  | 'common';

const LEAST_DIGITS = 6;
const MOST_DIGITS = 32;

/**
 * Everything that is wrong with a new unlock code; empty when it may be used. Codes that a thief would try
 * first are refused, since ten tries are all the server grants ([PUSH-5]; NIST SP 800-63B-4 §3.2.10 and §3.1.1.2).
 *
 * @param code as chosen, in ASCII digits (`normaliseCode` of `@sigillo/otp`)
 */
export function unlockCodeWeaknesses(code: string): UnlockCodeWeakness[] {
  if (!/^[0-9]*$/.test(code)) return ['not-digits'];
  const found: [UnlockCodeWeakness, boolean][] = [
    ['too-short', code.length < LEAST_DIGITS],
    ['too-long', code.length > MOST_DIGITS],
    ['run', isRun(code)],
    ['repeat', isRepeat(code)],
    ['date', isDate(code)],
    ['common', isCommonCode(code)],
  ];
  return found.flatMap(([weakness, isFound]) => (isFound ? [weakness] : []));
}

/** Whether a new unlock code may be used. */
export function isUnlockCodeAcceptable(code: string): boolean {
  return unlockCodeWeaknesses(code).length === 0;
}

/** Every digit as far from the one before: 123456, 987654, 890123, 135791, 111111. */
function isRun(code: string): boolean {
  const digits = Array.from(code, Number);
  const steps = digits.slice(1).map((digit, i) => (digit - (digits[i] ?? 0) + 10) % 10);
  return steps.length > 0 && steps.every((step) => step === steps[0]);
}

/** A few digits over and over (123123, 12121), their mirror image (123321), or no more than two of them. */
function isRepeat(code: string): boolean {
  if (new Set(code).size <= 2) return true;
  const blockLength = Array.from({ length: Math.floor(code.length / 2) }, (_, i) => i + 1);
  const isBlocks = blockLength.some((length) => code.slice(length) === code.slice(0, -length));
  return isBlocks || code === Array.from(code).reverse().join('');
}

/** A day of the years 1900 to 2099, in the orders people write it; or a month and such a year. */
function isDate(code: string): boolean {
  const year = '(?:19|20)?[0-9]{2}';
  const fullYear = '(?:19|20)[0-9]{2}';
  const month = '(?:0[1-9]|1[0-2])';
  const day = '(?:0[1-9]|[12][0-9]|3[01])';
  const orders = [day + month + year, month + day + year, year + month + day, year + day + month];
  return new RegExp(`^(?:${[...orders, month + fullYear, fullYear + month].join('|')})$`).test(code);
}
