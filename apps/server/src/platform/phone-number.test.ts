import { expect, test } from 'vitest';
import { maskPhone, parsePhone } from './phone-number.ts';

const ALLOWED = ['IT', 'SM', 'US'];

test.each([
  ['+393331234321', '+393331234321', 'IT'],
  ['+39 333 123 4321', '+393331234321', 'IT'],
  ['0039 333-1234321', '+393331234321', 'IT'],
  [' +39 (333) 1234321 ', '+393331234321', 'IT'],
  ['＋３９ ３３３ １２３ ４３２１', '+393331234321', 'IT'],
  ['+378 66 66 12 12', '+37866661212', 'SM'],
  ['+1 201 555 0123', '+12015550123', 'US'],
])('"%s" is %s', (text, e164, country) => {
  expect(parsePhone(text, ALLOWED)).toEqual({ e164, country });
});

test.each([
  ['', 'malformed'],
  ['3331234321', 'malformed'],
  ['+39333', 'malformed'],
  ['+39333123432100000', 'malformed'],
  ['+3933312343ab', 'malformed'],
  ['+393331234321 ext. 5', 'malformed'],
  ['call +393331234321', 'malformed'],
  ['+393331234321, +393331234322', 'malformed'],
  ['+999123456789', 'malformed'],
  ['9'.repeat(100), 'malformed'],
  ['+447400123456', 'country'],
  ['+12042345678', 'country'], // Canada shares +1 with the United States
  ['+390612345678', 'not-mobile'],
  ['+39899123456', 'not-mobile'], // premium rate
  ['+39800123456', 'not-mobile'], // toll free
  ['+390669812345', 'country'], // the Vatican uses +39 too
  ['+18005550123', 'not-mobile'], // toll free
  ['+19002345678', 'not-mobile'], // premium rate
  ['+870773111632', 'country'], // satellite
])('"%s" is refused: %s', (text, reason) => {
  expect(parsePhone(text, ALLOWED)).toEqual({ reason });
});

test('a masked number shows its country and its last four digits, never its length', () => {
  expect(maskPhone('+393331234321')).toBe('+39 ••• ••• 4321');
  expect(maskPhone('+37866661212')).toBe('+378 ••• ••• 1212');
  expect(maskPhone('+12015550123')).toBe('+1 ••• ••• 0123');
});
