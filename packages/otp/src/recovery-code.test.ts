import { expect, test } from 'vitest';
import { normaliseRecoveryCode, recoveryCode } from './index.ts';

test('[REC-1] a recovery code has 80 random bits, in four groups of four', () => {
  const codes = Array.from({ length: 1000 }, recoveryCode);
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
  expect(new Set(codes).size).toBe(codes.length);

  // Each of the 16 places takes each of the 32 characters: no bit is stuck.
  for (let place = 0; place < 16; place += 1) {
    const seen = new Set(codes.map((code) => code.replaceAll('-', '').charAt(place)));
    expect(seen.size).toBe(32);
  }
});

test('what is printed is read again', () => {
  const code = recoveryCode();
  expect(normaliseRecoveryCode(code)).toBe(code.replaceAll('-', ''));
});

test.each([
  'abcd-efgh-jkmn-0110',
  'ABCDEFGHJKMNO11O',
  ' abcd efgh jkmn oilo ',
  'ABCD–EFGH–JKMN–OLIO',
  'ＡＢＣＤ-efgh-jkmn-0110',
])('"%s" is read as a person meant it', (text) => {
  expect(normaliseRecoveryCode(text)).toBe('ABCDEFGHJKMN0110');
});

test.each([
  '',
  'ABCD',
  'ABCD-EFGH-JKMN-011U',
  'ABCD-EFGH-JKMN-0110-1',
  'ABCD-EFGH-JKMN-011!',
  ' '.repeat(80),
])('"%s" is no recovery code', (text) => {
  expect(normaliseRecoveryCode(text)).toBeUndefined();
});
