import { expect, test } from 'vitest';
import { EMPTY_KEY, readTypedKey } from './typed-key.ts';

const good = { ...EMPTY_KEY, issuer: 'Posta', key: 'jbsw y3dp-ehpk 3pxp' };

test('a key as a service prints it is read', () => {
  expect(readTypedKey(good)).toMatchObject({ type: 'totp', issuer: 'Posta', digits: 6, stepSeconds: 30 });
});

test('a counted key has its counter', () => {
  expect(readTypedKey({ ...good, type: 'hotp', counter: '7' })).toMatchObject({ type: 'hotp', counter: 7 });
});

test.each([
  [{ issuer: ' ' }, ['issuer']],
  [{ key: '' }, ['key']],
  [{ key: '12345678' }, ['key']],
  [{ key: 'A'.repeat(300) }, ['key']],
  [{ stepSeconds: '0' }, ['stepSeconds']],
  [{ stepSeconds: '30,5' }, ['stepSeconds']],
  [{ type: 'hotp' as const, counter: '-1' }, ['counter']],
  [{ issuer: '', key: '!', stepSeconds: '' }, ['issuer', 'key', 'stepSeconds']],
])('%j is told by field', (typed, faults) => {
  expect(readTypedKey({ ...good, ...typed })).toEqual(faults);
});
