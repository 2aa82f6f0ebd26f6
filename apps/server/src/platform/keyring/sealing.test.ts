import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newSecret } from '../ids.ts';
import { constantTimeEqual } from './constant-time.ts';
import { lengthPrefixed } from './length-prefixed.ts';
import { type DataKeys, macOf, open, type Place, SealBroken, seal } from './sealing.ts';

const keys: DataKeys = { seal: new Map([[1, newSecret()]]), current: 1, mac: newSecret() };
const place: Place = { table: 'contact', row: '1/2', column: 'address_sealed' };
const bytes = fc.uint8Array({ maxLength: 300 });
const places = fc.record({ table: fc.string(), row: fc.string(), column: fc.string() });

test('[CRY-3] what is sealed opens in its place', () => {
  fc.assert(
    fc.property(bytes, places, (plain, where) => {
      expect(open(keys, seal(keys, plain, where), where)).toEqual(Buffer.from(plain));
    }),
  );
});

test('[CRY-3] a ciphertext moved to another row, column or table does not open', () => {
  const sealed = seal(keys, 'seed', place);
  for (const elsewhere of [
    { ...place, table: 'authenticator' },
    { ...place, row: '1/3' },
    { ...place, column: 'label' },
    // The same letters, cut elsewhere.
    { table: 'contac', row: 't1/2', column: 'address_sealed' },
  ]) {
    expect(() => open(keys, sealed, elsewhere)).toThrow(SealBroken);
  }
  fc.assert(
    fc.property(places, places, (here, there) => {
      fc.pre(Object.values(here).join('\0') !== Object.values(there).join('\0'));
      expect(() => open(keys, seal(keys, 'seed', here), there)).toThrow(SealBroken);
    }),
  );
});

test('[CRY-3] a ciphertext with one changed bit, or cut anywhere, does not open', () => {
  const sealed = seal(keys, 'a seed of thirty-two bytes, about', place);
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => open(keys, changed, place)).toThrow(SealBroken);
  }
  for (let length = 0; length < sealed.length; length++) {
    expect(() => open(keys, sealed.subarray(0, length), place)).toThrow(SealBroken);
  }
});

test('[CRY-1] one value sealed a thousand times gives a thousand ciphertexts', () => {
  const sealed = Array.from({ length: 1_000 }, () => seal(keys, 'seed', place).toString('hex'));
  expect(new Set(sealed).size).toBe(1_000);
});

test('a keyed hash depends on purpose, parts and where they are cut, and on nothing else', () => {
  const hash = macOf(keys, 'email', ['a@example.org']);
  expect(macOf(keys, 'email', [Buffer.from('a@example.org')])).toEqual(hash);
  expect(hash).toHaveLength(32);
  expect(macOf(keys, 'user-id', ['a@example.org'])).not.toEqual(hash);
  expect(macOf(keys, 'email', ['a@', 'example.org'])).not.toEqual(hash);
  expect(macOf({ ...keys, mac: newSecret() }, 'email', ['a@example.org'])).not.toEqual(hash);
});

test('the keyed hash of given keys never changes: identifiers are found by it', () => {
  const fixed = { ...keys, mac: Buffer.alloc(32, 7) };
  expect(macOf(fixed, 'email', ['a@example.org']).toString('hex')).toMatchInlineSnapshot(
    `"ae056afc3f116123d715e070acc92f97d63cdd7793251d91abc74c86d925dd3c"`,
  );
});

test('length-prefixed lists of parts are equal only when the parts are', () => {
  const lists = fc.array(fc.string(), { maxLength: 4 });
  fc.assert(
    fc.property(lists, lists, (a, b) => {
      expect(lengthPrefixed(a).equals(lengthPrefixed(b))).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
  );
  expect(lengthPrefixed(['é', Buffer.from([1])]).toString('hex')).toBe('00000002c3a90000000101');
});

test('[CRY-1] secrets are compared whole, whatever their lengths', () => {
  expect(constantTimeEqual('secret', Buffer.from('secret'))).toBe(true);
  expect(constantTimeEqual('secret', 'secreT')).toBe(false);
  expect(constantTimeEqual('secret', 'secrets')).toBe(false);
  expect(constantTimeEqual('', '')).toBe(true);
});
