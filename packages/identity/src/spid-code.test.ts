import { expect, test } from 'vitest';
import { isSpidCode, spidCodeOf } from './spid-code.ts';

test('a code is the four letters of the provider and ten characters', () => {
  const code = spidCodeOf(
    'SIGL',
    Uint8Array.from({ length: 10 }, (_, index) => index * 25),
  );
  expect(code).toMatch(/^SIGL[2-9A-HJ-NP-Z]{10}$/);
  expect(isSpidCode(code)).toBe(true);
});

test('every byte gives a character, each of them as often', () => {
  const counts = new Map<string, number>();
  for (let byte = 0; byte < 256; byte += 1) {
    const last = spidCodeOf('SIGL', new Uint8Array(10).fill(byte)).slice(-1);
    counts.set(last, (counts.get(last) ?? 0) + 1);
  }
  expect([...counts.values()]).toEqual(new Array(32).fill(8));
});

test('what is no code', () => {
  for (const text of ['', 'SIGL', 'sigl2345678901', 'SIG12345678901', 'SIGL234567890', 'SIGL23456789012'])
    expect(isSpidCode(text)).toBe(false);
  expect(() => spidCodeOf('SIG', new Uint8Array(10))).toThrow('four capitals');
  expect(() => spidCodeOf('SIGL', new Uint8Array(9))).toThrow('ten random bytes');
});
