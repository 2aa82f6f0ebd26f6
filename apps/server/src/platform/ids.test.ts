import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newSecret, randomId, uuidBytes, uuidFromBytes, uuidv7, uuidv7Floor } from './ids.ts';

const ms48 = fc.integer({ min: 0, max: 2 ** 48 - 1 });

test('a UUIDv7 carries its time, version and variant', () => {
  fc.assert(
    fc.property(ms48, (ms) => {
      const bytes = uuidBytes(uuidv7(ms));
      expect(bytes.readUIntBE(0, 6)).toBe(ms);
      expect(bytes.readUInt8(6) >> 4).toBe(7);
      expect(bytes.readUInt8(8) >> 6).toBe(0b10);
    }),
  );
});

test('ids of one millisecond sort in the order they were made', () => {
  const ids = Array.from({ length: 2_000 }, () => uuidv7(1_700_000_000_000));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the floor of a millisecond is below its ids and above those of the millisecond before', () => {
  expect(uuidv7Floor(0x017f22e279b0)).toBe('017f22e2-79b0-7000-8000-000000000000');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 48 - 1 }), (ms) => {
      expect(uuidv7(ms) >= uuidv7Floor(ms)).toBe(true);
      expect(uuidv7(ms - 1) < uuidv7Floor(ms)).toBe(true);
    }),
  );
});

test('bytes and text of a UUID are one another', () => {
  fc.assert(fc.property(fc.uuid(), (id) => uuidFromBytes(uuidBytes(id)) === id));
  expect(() => uuidBytes('not-a-uuid')).toThrow(RangeError);
  expect(() => uuidFromBytes(new Uint8Array(15))).toThrow(RangeError);
});

test('random ids are version 4 and secrets have the length asked for', () => {
  expect(uuidBytes(randomId()).readUInt8(6) >> 4).toBe(4);
  expect(newSecret()).toHaveLength(32);
  expect(newSecret(16)).toHaveLength(16);
  expect(newSecret().equals(newSecret())).toBe(false);
});
