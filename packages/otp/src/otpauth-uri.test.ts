import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base32Decode, newSeed, otpauthUri, parseOtpauthUri } from './index.ts';

const seed = base32Decode('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP') as Uint8Array;

test('the address has everything an app needs', () => {
  expect(otpauthUri({ issuer: 'Sigillo', account: 'anna@example.org', seed })).toBe(
    'otpauth://totp/Sigillo:anna%40example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' +
      '&issuer=Sigillo&algorithm=SHA1&digits=6&period=30',
  );
});

test('an issuer with colon, space, plus and accents is percent-encoded', () => {
  const uri = otpauthUri({ issuer: 'Città: uno+due', account: 'a b', seed });
  expect(uri).toContain('otpauth://totp/Citt%C3%A0%3A%20uno%2Bdue:a%20b?');
  expect(uri).toContain('&issuer=Citt%C3%A0%3A%20uno%2Bdue&');
  expect(uri).not.toContain('+');
});

test('whatever is written is read again', () => {
  const name = fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed());
  fc.assert(
    fc.property(name, name, (issuer, account) => {
      const key = parseOtpauthUri(otpauthUri({ issuer, account, seed }));
      expect(key).toEqual({
        type: 'totp',
        issuer,
        account: account.trimStart(),
        seed,
        digits: 6,
        stepSeconds: 30,
        algorithm: 'SHA-1',
      });
    }),
  );
});

test('half a surrogate pair in a name does not throw', () => {
  const uri = otpauthUri({ issuer: '\ud800', account: 'a', seed });
  expect(parseOtpauthUri(uri)?.issuer).toBe('\ufffd');
});

test('other settings survive', () => {
  const key = {
    issuer: 'A',
    account: 'b',
    seed: newSeed(),
    digits: 8,
    stepSeconds: 60,
    algorithm: 'SHA-512',
  } as const;
  expect(parseOtpauthUri(otpauthUri(key))).toEqual({ type: 'totp', ...key });
});

test('the addresses of others are read with the defaults of the format', () => {
  const key = {
    type: 'totp',
    issuer: 'Example',
    account: 'alice@google.com',
    seed,
    digits: 6,
    stepSeconds: 30,
    algorithm: 'SHA-1',
  };
  const secret = 'jbswy3dpehpk3pxpjbswy3dpehpk3pxp';
  expect(parseOtpauthUri(`otpauth://totp/Example%3Aalice@google.com?secret=${secret}`)).toEqual(key);
  expect(parseOtpauthUri(`otpauth://totp/alice@google.com?secret=${secret}&issuer=Example`)).toEqual(key);
  expect(parseOtpauthUri(`OTPAUTH://TOTP/Example:%20alice@google.com?secret=${secret}`)).toEqual(key);
});

test.each([
  'https://example.org',
  'otpauth://hotp/A:b?secret=JBSWY3DP',
  'otpauth://hotp/A:b?secret=JBSWY3DP&counter=-1',
  'otpauth://hotp/A:b?secret=JBSWY3DP&counter=9007199254740991',
  'otpauth://steam/A:b?secret=JBSWY3DP',
  'otpauth://totp/A:b',
  'otpauth://totp/A:b?secret=',
  'otpauth://totp/A:b?secret=1111',
  'otpauth://totp/A%:b?secret=JBSWY3DP',
  'otpauth://totp/A:b?secret=JBSWY3DP&digits=5',
  'otpauth://totp/A:b?secret=JBSWY3DP&period=0',
  'otpauth://totp/A:b?secret=JBSWY3DP&period=3601',
  'otpauth://totp/A:b?secret=JBSWY3DP&period=1e1',
  'otpauth://totp/A:b?secret=JBSWY3DP&digits= 6',
  'otpauth://totp/A:b?secret=JBSWY3DP&algorithm=MD5',
  'otpauth://totp/A:b?secret=JBSWY3DP&algorithm=constructor',
  'otpauth://totp/A:b?secret=JBSWY3DP&secret=MZXW6YTB',
  'otpauth://totp/A:b?secret=JBSWY3DP#x',
  'javascript:otpauth://totp/A:b?secret=JBSWY3DP',
  `otpauth://totp/A:b?secret=${'A'.repeat(8 * 26)}`,
  `otpauth://totp/${'a'.repeat(257)}?secret=JBSWY3DP`,
  `otpauth://totp/A:b?secret=JBSWY3DP&x=${'a'.repeat(4296)}`,
])('%s is refused', (uri) => {
  expect(parseOtpauthUri(uri)).toBeUndefined();
});

test('counted codes are read with their counter', () => {
  expect(parseOtpauthUri('otpauth://HOTP/A:b?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&counter=7')).toEqual({
    type: 'hotp',
    issuer: 'A',
    account: 'b',
    seed,
    digits: 6,
    algorithm: 'SHA-1',
    counter: 7,
  });
});

test('whatever stands in a picture, reading it does not throw and yields only what codes can be made of', () => {
  const piece = fc.constantFrom(
    ...['otpauth://', 'totp/', 'hotp/', 'A', ':', '%3A', '%', '?', '&', '=', '+', '#', '\0', '\u202e'],
    ...['secret', 'JBSWY3DP', 'digits', 'period', 'counter', 'algorithm', 'SHA512', '__proto__', '8', '-1'],
  );
  const hostile = fc.array(fc.oneof(piece, fc.string({ unit: 'binary' })), { maxLength: 20 });
  fc.assert(
    fc.property(hostile, (pieces) => {
      const key = parseOtpauthUri(`otpauth://totp/a?secret=JBSWY3DP${pieces.join('')}`);
      parseOtpauthUri(pieces.join(''));
      if (!key) return;
      expect([6, 7, 8]).toContain(key.digits);
      expect(key.seed.length).toBeGreaterThan(0);
      expect(key.type === 'totp' ? key.stepSeconds : 0).toBeLessThanOrEqual(3600);
    }),
  );
});
