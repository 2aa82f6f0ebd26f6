import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadCommonPasswords } from './common-passwords.ts';
import { minPasswordLength, type PasswordRefusal, refuseNewPassword } from './password-rules.ts';

const common = loadCommonPasswords();
const names = { userId: '7H4K9M2PQR', email: 'mario.rossi@example.org', brand: 'Comune di Borgo' };

function refuse(password: string, minLength = 8): PasswordRefusal | undefined {
  return refuseNewPassword(password, { minLength, names, common });
}

/** The samples that were accepted, or refused for another reason. */
function notRefused(samples: string[], reason: PasswordRefusal, minLength?: number): string[] {
  return samples.filter((password) => refuse(password, minLength) !== reason);
}

test('[PW-1] 15 code points when the password may be the only factor, 8 when a second one is mandatory', () => {
  expect(minPasswordLength(false)).toBe(15);
  expect(minPasswordLength(true)).toBe(8);
});

test.each([8, 15])('[PW-1] %s code points are enough, one less is not', (minLength) => {
  const password = 'vk2-tq9 zhu+wob7x'.slice(0, minLength);
  expect(refuse(password, minLength)).toBeUndefined();
  expect(refuse(password.slice(1), minLength)).toBe('too-short');
});

test('[PW-1] an emoji counts as one, an accent typed separately does not count', () => {
  expect(refuse('🦊🐸🐢🦉🐝🦀🐙')).toBe('too-short');
  expect(refuse('🦊🐸🐢🦉🐝🦀🐙🐧')).toBeUndefined();
  expect(refuse('e\u0300'.repeat(7))).toBe('too-short');
});

test('[PW-1] 128 code points of any script are accepted, more than 1,024 bytes are not', () => {
  expect(refuse('🦊🐸'.repeat(64))).toBeUndefined();
  expect(refuse('Mxqzv7hr'.repeat(128))).toBeUndefined();
  expect(refuse(`${'Mxqzv7hr'.repeat(128)}!`)).toBe('too-long');
  expect(refuse(`${'🦊'.repeat(256)}!`)).toBe('too-long');
});

test('[PW-1] bytes are counted as they are hashed, however the keyboard composes its accents', () => {
  const composed = 'è'.repeat(512);
  expect(refuse(composed)).toBeUndefined();
  expect(refuse(composed.normalize('NFD'))).toBeUndefined();
});

test('[PW-2] there are no rules about kinds of characters', () => {
  expect(refuse('kvbzquwmtyplxjdh')).toBeUndefined();
  expect(refuse('8302947516620385')).toBeUndefined();
  expect(refuse('                ')).toBeUndefined();
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'bcdfghjkqvwxz'), minLength: 16, maxLength: 16 }),
      (text) => {
        expect(refuse(text, 15)).toBeUndefined();
      },
    ),
  );
});

test('[PW-3] common passwords are refused', () => {
  const samples = [
    'password qwertyuiop iloveyou1 sunshine 1q2w3e4r5t 12345678910 juventus forzainter alessandro valentina',
    'Password PASSWORD1 trustno1 princess football superman baseball starwars letmein1 whatever',
  ].flatMap((line) => line.split(' '));
  expect(notRefused(samples, 'common')).toEqual([]);
});

test('[PW-3] common passwords are refused, long as they are', () => {
  const samples =
    'qwertyuiopasdfgh 123456789012345 1qaz2wsx3edc4rfv passwordpassword aaaaaaaaaaaaaaa thisismypassword'.split(
      ' ',
    );
  expect(notRefused(samples, 'common', 15)).toEqual([]);
});

test('[PW-3] the user id is refused, decorated, reversed or repeated', () => {
  const samples = [
    '7H4K9M2PQR',
    '7h4k9m2pqr',
    '7h4k9-m2pqr',
    '7H4K9M2PQR!',
    '7H4K9M2PQR2026',
    '12347H4K9M2PQR',
    'RQP2M9K4H7',
    'rqp2m9k4h7',
    '7h4k9m2pqr7h4k9m2pqr',
    '7H4K9 M2PQR 7H4K9 M2PQR',
    'RQP2M9K4H77H4K9M2PQR',
    '_7H4K9M2PQR_',
    '7H4K9M2PQRabc',
    '(7H4K9M2PQR)',
    '7.H.4.K.9.M.2.P.Q.R',
    '7H4K9M2PQR-mario',
    '00007h4k9m2pqr0000',
    '7H4K9M2PQR🦊🦊🦊',
    '７Ｈ４Ｋ９Ｍ２ＰＱＲ',
    'ab7H4K9M2PQRc',
  ];
  expect(notRefused(samples, 'contains-name')).toEqual([]);
});

test('[PW-3] the e-mail address and its parts are refused, decorated, reversed or repeated', () => {
  const samples = [
    'mario.rossi@example.org',
    'MARIO.ROSSI@EXAMPLE.ORG',
    'mario.rossi@example.org1',
    'mariorossi@example.org2026!',
    'mario.rossi',
    'mariorossi',
    'MarioRossi85',
    'mario-rossi-1985',
    'rossi.mario',
    'RossiMario!',
    'mario?mario',
    'rossi1985rossi',
    'issor.oiram',
    'oiramissor',
    'mario12345678',
    '12/03/1985rossi',
    'màrio.ròssi',
    'mario_rossi_xyz',
    'mario🦊rossi🦊',
    'gro.elpmaxe@issor.oiram',
  ];
  expect(notRefused(samples, 'contains-name')).toEqual([]);
});

test('[PW-3] the names of the installation and of the product are refused, decorated, reversed or repeated', () => {
  const samples = [
    'Comune di Borgo',
    'comunediborgo',
    'COMUNEDIBORGO',
    'comunediborgo2026',
    'borgocomune',
    'borgoborgo',
    'Borgo123456',
    'ogrob-enumoc',
    'comune.borgo!',
    'comune-di-borgo-1',
    'sigillo1',
    'Sigillo2026',
    'SigilloSigillo',
    'sigillo-comune',
    'olligis99',
    'S!i!g!i!l!l!o',
    'sigillo sigillo sigillo',
    'xsigilloxx',
    'Sigillo@Borgo',
    '2026sigillo2026',
  ];
  expect(notRefused(samples, 'contains-name')).toEqual([]);
});

test.each([
  'mario ama il mare in inverno',
  'borgo-antico-lampada',
  'sigillo di ceralacca rossa',
  'vk2-tq9 zhu+wob7x',
])('"%s" mentions a name and is more than that', (password) => {
  expect(refuse(password)).toBeUndefined();
});

test('an account of which little is known has fewer names', () => {
  const context = { minLength: 8, names: {}, common };
  expect(refuseNewPassword('MarioRossi85', context)).toBeUndefined();
  expect(refuseNewPassword('Sigillo2026', context)).toBe('contains-name');
});
