import { expect, test } from 'vitest';
import {
  MATCHING_DIGITS,
  newMatchingNumber,
  newProximityCode,
  readMatchingNumber,
  readProximityCode,
} from './index.ts';

test('[PUSH-1] a number to match has three digits, six where the installation is strict, every one as likely', () => {
  const usual = Array.from({ length: 20_000 }, () => newMatchingNumber('usual'));
  for (const number of usual) expect(number).toMatch(/^[0-9]{3}$/);
  expect(new Set(usual).size).toBe(1000);
  expect(newMatchingNumber('strict')).toMatch(/^[0-9]{6}$/);
  expect(MATCHING_DIGITS).toEqual({ usual: 3, strict: 6 });
});

test('[QR-3] a proximity code has six digits', () => {
  for (let i = 0; i < 100; i += 1) expect(newProximityCode()).toMatch(/^[0-9]{6}$/);
});

test('digits are read as people type them, when they are as many as asked for', () => {
  expect(readMatchingNumber(' 0 42', 'usual')).toBe('042');
  expect(readMatchingNumber('٠٤٢', 'usual')).toBe('042');
  expect(readMatchingNumber('0421', 'usual')).toBeUndefined();
  expect(readMatchingNumber('042', 'strict')).toBeUndefined();
  expect(readProximityCode('123-456')).toBe('123456');
  expect(readProximityCode('12345')).toBeUndefined();
});
