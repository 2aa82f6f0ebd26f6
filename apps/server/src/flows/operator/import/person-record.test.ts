import { randomBytes } from 'node:crypto';
import { base32Encode } from '@sigillo/otp';
import { expect, test } from 'vitest';
import { loadCommonPasswords } from '../../../factors/password/common-passwords.ts';
import { newUserId } from '../../../platform/user-id.ts';
import { personReader } from './person-record.ts';

const commonPasswords = loadCommonPasswords();
const read = personReader({ phoneCountries: ['IT', 'FR'], commonPasswords, brand: 'Poste Azzurre' });
const hash =
  '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g';
const least = { email: 'ada@example.org', passwordHash: hash };

/** The fields of a record that are faulty. */
function faultyFields(record: unknown): string[] {
  const result = read(record);
  return 'faults' in result ? result.faults.map(({ field }) => field) : [];
}

test('what is left out, or null, gets what the documentation says', () => {
  const person = {
    ...least,
    emailVerified: true,
    phoneVerified: true,
    smsSecondFactor: false,
    language: 'it',
  };
  expect(read(least)).toEqual({ person });
  const nothing = {
    userId: null,
    phone: null,
    totpSecret: null,
    password: null,
    externalId: null,
    language: null,
  };
  expect(read({ ...least, ...nothing })).toEqual({ person });
});

test('values are brought to the form in which they are kept', () => {
  const userId = newUserId();
  const seed = randomBytes(20);
  const result = read({
    userId: ` ${userId.toLowerCase().slice(0, 5)}-${userId.slice(5)}`,
    email: ' Ada@EXAMPLE.org ',
    phone: '0039 333 123 4567',
    password: 'a passphrase of mine',
    totpSecret: base32Encode(seed)
      .toLowerCase()
      .replace(/(.{4})/g, '$1 '),
    smsSecondFactor: true,
    language: 'en',
    externalId: 'crm-1',
  });
  expect(result).toMatchObject({
    person: { userId, email: 'Ada@example.org', phone: '+393331234567', totpSecret: new Uint8Array(seed) },
  });
});

test.each([
  ['userId', { userId: 'ABCDEFGHJK' }],
  ['userId', { userId: 7 }],
  ['email', { email: undefined }],
  ['email', { email: 'ada at example.org' }],
  ['emailVerified', { emailVerified: 'yes' }],
  ['phone', { phone: '+39 06 123456' }],
  ['phone', { phone: '+1 212 555 0100' }],
  ['phone', { phone: '333 123 4567' }],
  ['passwordHash', { passwordHash: '5f4dcc3b5aa765d61d8327deb882cf99' }],
  ['password', { password: 'a passphrase of mine' }],
  ['totpSecret', { totpSecret: 'not base 32!' }],
  ['totpSecret', { totpSecret: base32Encode(randomBytes(9)) }],
  ['totpSecret', { totpSecret: base32Encode(randomBytes(65)) }],
  ['smsSecondFactor', { smsSecondFactor: true }],
  ['smsSecondFactor', { smsSecondFactor: true, phone: '+393331234567', phoneVerified: false }],
  ['language', { language: 'de' }],
  ['externalId', { externalId: 'x'.repeat(201) }],
  ['', { pasword: 'a passphrase of mine' }],
])('a fault of %s', (field, change) => {
  expect(faultyFields({ ...least, ...change })).toEqual([field]);
});

test('an address that is not confirmed finds nobody, so the record needs a user id and a password', () => {
  const unconfirmed = { email: 'ada@example.org', emailVerified: false };
  expect(faultyFields(unconfirmed)).toEqual(['password', 'userId']);
  expect(faultyFields({ ...unconfirmed, userId: newUserId(), passwordHash: hash })).toEqual([]);
});

test('every fault of a record is told', () => {
  expect(faultyFields({ email: 'nobody', phone: '1', language: 'fr' }).sort()).toEqual([
    'email',
    'language',
    'phone',
  ]);
});

test.each([[null], [[least]], ['text'], [7]])('%j is no person', (value) => {
  expect(faultyFields(value)).toEqual(['']);
});

test('[PW-1] a password in clear has 15 characters, or 8 beside a second factor', () => {
  const withPassword = (password: string, more = {}) =>
    faultyFields({ email: 'ada@example.org', password, ...more });
  const totpSecret = base32Encode(randomBytes(20));
  expect(withPassword('qwz mvb xkj rt')).toEqual(['password']);
  expect(withPassword('qwz mvb xkj rtp')).toEqual([]);
  expect(withPassword('qwzmvbx', { totpSecret })).toEqual(['password']);
  expect(withPassword('qwzmvbxk', { totpSecret })).toEqual([]);
  expect(withPassword('qwzmvbxk', { smsSecondFactor: true, phone: '+393331234567' })).toEqual([]);
  expect(withPassword('x'.repeat(1025))).toEqual(['password']);
});

test('[PW-3] a password in clear is not one that everybody tries, nor made of names', () => {
  const totpSecret = base32Encode(randomBytes(20));
  const withPassword = (password: string) =>
    faultyFields({ email: 'ada.rossi@example.org', password, totpSecret });
  expect(withPassword('password123')).toEqual(['password']);
  expect(withPassword('Poste Azzurre 2026')).toEqual(['password']);
  expect(withPassword('ada.rossi@example.org')).toEqual(['password']);
});

test('[AUD-3] what is said of faults repeats no value', () => {
  const canary = 'Xq7canaryXq7';
  const fields = [
    'userId',
    'email',
    'phone',
    'passwordHash',
    'password',
    'totpSecret',
    'language',
    'externalId',
  ];
  for (const field of fields) {
    for (const value of [canary, canary.repeat(200), { [canary]: canary }, [canary]])
      expect(JSON.stringify(read({ email: canary, [field]: value })), field).not.toContain(canary);
  }
});
