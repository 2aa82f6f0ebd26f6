import { expect, test } from 'vitest';
import { newPassword, passwordLength } from './checks.ts';

test('[PW-1] a password is as long as it has code points, however they are composed', () => {
  expect(passwordLength('🐈🐈🐈')).toBe(3);
  expect(passwordLength('cafe\u0301')).toBe(4);
});

test('[PW-1] the page asks for what is missing before anything is sent', () => {
  const check = newPassword(15);
  expect(check('')).toBe('problems.need-password');
  expect(check('fourteen chars')).toBe('problems.rule-password-short');
  expect(check('fifteen chars !')).toBeUndefined();
});
