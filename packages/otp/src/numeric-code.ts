/**
 * The digits of a code as somebody typed or pasted it: spaces, dashes and invisible characters are left out,
 * digits of every script become ASCII. Undefined when there is anything else in it, or no digit at all.
 * How many digits are expected is the caller's to check.
 */
export function normaliseCode(text: string): string | undefined {
  if (text.length > 64) return undefined;
  const symbols = text.replace(/[\s\p{Pd}\p{Cf}\u2212]/gu, '');
  if (!/^\p{Nd}+$/u.test(symbols)) return undefined;
  return Array.from(symbols, toAsciiDigit).join('');
}

/**
 * Unicode promises that decimal digits come in runs of ten, 0 first (The Unicode Standard §4.6), sometimes
 * several runs in a row: the distance from where the digits begin, modulo ten, is the value.
 */
function toAsciiDigit(digit: string): string {
  const codePoint = digit.codePointAt(0) ?? 0;
  let distance = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(codePoint - distance - 1))) distance += 1;
  return String(distance % 10);
}

/**
 * A code to be sent by SMS or e-mail: every one of the 10^digits codes is equally likely.
 * A random byte of 250 or more is thrown away, since 256 is no multiple of ten.
 */
export function newNumericCode(digits: number): string {
  let code = '';
  while (code.length < digits) {
    for (const byte of crypto.getRandomValues(new Uint8Array(digits))) {
      if (byte < 250 && code.length < digits) code += String(byte % 10);
    }
  }
  return code;
}
