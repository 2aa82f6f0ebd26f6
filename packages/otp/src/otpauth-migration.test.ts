import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseOtpauthMigration } from './index.ts';

/** One field of a protocol buffer, written by other code than reads it. */
function field(number: number, value: number | string | number[]): number[] {
  if (typeof value === 'number') return [number * 8, ...varint(value)];
  const bytes = typeof value === 'string' ? [...new TextEncoder().encode(value)] : value;
  return [number * 8 + 2, ...varint(bytes.length), ...bytes];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

const uriOf = (bytes: number[]) =>
  `otpauth-migration://offline?data=${encodeURIComponent(Buffer.from(bytes).toString('base64'))}`;

const SEED = Array.from({ length: 20 }, (_, i) => i * 11);

test('accounts of an export are read, with the issuer not said twice', () => {
  const totp = [
    field(1, SEED),
    field(2, 'Città:anna@example.org'),
    field(3, 'Città'),
    field(4, 2),
    field(5, 2),
    field(6, 2),
  ];
  const hotp = [field(1, SEED), field(2, 'bruno'), field(4, 1), field(5, 1), field(6, 1), field(7, 300)];
  const bytes = [
    ...field(1, totp.flat()),
    ...field(1, hotp.flat()),
    ...field(2, 1),
    ...field(3, 2),
    ...field(4, 1),
  ];
  const seed = Uint8Array.from(SEED);
  expect(parseOtpauthMigration(uriOf(bytes))).toEqual({
    keys: [
      {
        type: 'totp',
        issuer: 'Città',
        account: 'anna@example.org',
        seed,
        digits: 8,
        algorithm: 'SHA-256',
        stepSeconds: 30,
      },
      { type: 'hotp', issuer: '', account: 'bruno', seed, digits: 6, algorithm: 'SHA-1', counter: 300 },
    ],
    skipped: 0,
    batch: { index: 1, size: 2 },
  });
});

test('an account with MD5 is counted as skipped', () => {
  const md5 = [field(1, SEED), field(2, 'x'), field(4, 4), field(6, 2)].flat();
  expect(parseOtpauthMigration(uriOf(field(1, md5)))).toMatchObject({ keys: [], skipped: 1 });
});

test('whatever stands there, reading it does not throw, and a cut export is refused', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => void parseOtpauthMigration(uriOf([...bytes]))));
  fc.assert(
    fc.property(
      fc.string(),
      (text) => void parseOtpauthMigration(`otpauth-migration://offline?data=${text}`),
    ),
  );
  const whole = field(1, [field(1, SEED), field(2, 'x'), field(6, 2)].flat());
  expect(parseOtpauthMigration(uriOf(whole))?.keys).toHaveLength(1);
  expect(parseOtpauthMigration(uriOf(whole.slice(0, -1)))).toBeUndefined();
});
