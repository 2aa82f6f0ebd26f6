import { expect, test } from 'vitest';
import { newNumericCode, normaliseCode } from './index.ts';

test.each([
  ['123456', '123456'],
  [' 123 456\n', '123456'],
  ['123-456', '123456'],
  ['12–34—56', '123456'],
  ['１２３４５６', '123456'],
  ['١٢٣٤٥٦', '123456'],
  ['१२३४५६', '123456'],
  ['\u202a123\u200b456\u202c', '123456'],
  ['𝟏𝟚𝟯𝟺𝟝６', '123456'],
])('"%s" is read as %s', (text, code) => {
  expect(normaliseCode(text)).toBe(code);
});

test.each(['', '   ', '12345a', '12.34', '½', 'Ⅳ', '³', '1'.repeat(65), 'il codice è 123456'])(
  '"%s" is no code',
  (text) => {
    expect(normaliseCode(text)).toBeUndefined();
  },
);

test('every decimal digit of Unicode is read as its value', () => {
  const everything = Array.from({ length: 0x110000 }, (_, codePoint) => String.fromCodePoint(codePoint));
  const digits = everything.filter((character) => /^\p{Nd}$/u.test(character));
  expect(digits.length).toBeGreaterThan(600);
  // An independent reckoning: Unicode lists them in runs of ten.
  expect(digits.map(normaliseCode)).toEqual(digits.map((_, i) => String(i % 10)));
});

test('[OTP-4] a code has as many digits as asked for, zeros in front included', () => {
  const codes = Array.from({ length: 2000 }, () => newNumericCode(6));
  for (const code of codes) expect(code).toMatch(/^[0-9]{6}$/);
  expect(codes.some((code) => code.startsWith('0'))).toBe(true);
  expect(newNumericCode(8)).toHaveLength(8);
});

test('[OTP-4] every digit is equally likely, in every place and over all', () => {
  const codes = Array.from({ length: 60_000 }, () => newNumericCode(6));
  for (let place = 0; place < 6; place += 1) {
    expect(chiSquare(codes.map((code) => code.charAt(place)))).toBeLessThan(LIMIT);
  }
  expect(chiSquare(codes.flatMap((code) => Array.from(code)))).toBeLessThan(LIMIT);
});

test('[OTP-4] the measure finds the bias of a remainder without rejection', () => {
  const biased = Array.from({ length: 360_000 }, () => String(randomByte() % 10));
  expect(chiSquare(biased)).toBeGreaterThan(LIMIT);
});

/** Pearson's chi-square with nine degrees of freedom passes this once in ten million times. */
const LIMIT = 50;

function chiSquare(digits: string[]): number {
  const counts = new Map<string, number>();
  for (const digit of digits) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const expected = digits.length / 10;
  return Array.from('0123456789', (digit) => ((counts.get(digit) ?? 0) - expected) ** 2 / expected).reduce(
    (sum, term) => sum + term,
  );
}

function randomByte(): number {
  return crypto.getRandomValues(new Uint8Array(1))[0] ?? 0;
}
