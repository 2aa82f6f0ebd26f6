import { newNumericCode, normaliseCode } from '@sigillo/otp';

/** Digits of the number on a sign-in page that the holder types into the app ([PUSH-1]); `strict` by setting. */
export const MATCHING_DIGITS = { usual: 3, strict: 6 } as const;

/** Digits of the code in the app that the holder types into the browser ([QR-3]). */
const PROXIMITY_DIGITS = 6;

/** The number to be shown on the sign-in page: every one is equally likely. */
export function newMatchingNumber(kind: keyof typeof MATCHING_DIGITS): string {
  return newNumericCode(MATCHING_DIGITS[kind]);
}

/** The code to be shown in the app, to be typed where somebody signs in: every one is equally likely. */
export function newProximityCode(): string {
  return newNumericCode(PROXIMITY_DIGITS);
}

/** The digits of a matching number as somebody typed it; undefined when there are more or fewer. */
export function readMatchingNumber(text: string, kind: keyof typeof MATCHING_DIGITS): string | undefined {
  return readDigits(text, MATCHING_DIGITS[kind]);
}

/** The digits of a proximity code as somebody typed it; undefined when there are more or fewer. */
export function readProximityCode(text: string): string | undefined {
  return readDigits(text, PROXIMITY_DIGITS);
}

function readDigits(text: string, count: number): string | undefined {
  const digits = normaliseCode(text);
  return digits?.length === count ? digits : undefined;
}
