import { expect, test } from 'vitest';
import { digitsOnly } from './digits-only.ts';

test.each([
  ['123 456', '123456'],
  ['123-456', '123456'],
  [' 12 34 56 78', '123456'],
  ['Il tuo codice è 123456.', '123456'],
  ['１２３４５６', '123456'],
  ['abc', ''],
])('of %j the code is %j', (pasted, code) => {
  expect(digitsOnly(pasted, 6)).toBe(code);
});
