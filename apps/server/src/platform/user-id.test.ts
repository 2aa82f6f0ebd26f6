import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUserId, newUserId, normaliseUserId } from './user-id.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const userIds = Array.from({ length: 100 }, newUserId);

test('a user id is ten characters, none of which is mistaken for another', () => {
  for (const userId of userIds) expect(userId).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
  expect(userIds.every(isUserId)).toBe(true);
  expect(new Set(userIds).size).toBe(userIds.length);
});

test('every wrong character is noticed', () => {
  for (const userId of userIds) {
    const wrong = Array.from(userId).flatMap((character, place) =>
      Array.from(ALPHABET)
        .filter((other) => other !== character)
        .map((other) => userId.slice(0, place) + other + userId.slice(place + 1)),
    );
    expect(wrong).toHaveLength(310);
    expect(wrong.filter(isUserId)).toEqual([]);
  }
});

test('every pair of neighbours in the wrong order is noticed', () => {
  // All pairs, in all places, between neighbours of every kind.
  const characters = fc.constantFrom(...ALPHABET);
  fc.assert(
    fc.property(fc.array(characters, { minLength: 9, maxLength: 9 }), (start) => {
      const userId = Array.from(ALPHABET, (check) => start.join('') + check).find(isUserId) ?? '';
      expect(userId).toHaveLength(10);
      for (let place = 0; place < 9; place += 1) {
        const [a = '', b = ''] = userId.slice(place, place + 2);
        const swapped = userId.slice(0, place) + b + a + userId.slice(place + 2);
        expect(isUserId(swapped)).toBe(a === b);
      }
    }),
    { numRuns: 2000 },
  );
});

test('every pair of different characters has different checks in either order', () => {
  const idOf = (start: string) => Array.from(ALPHABET, (check) => start + check).find(isUserId);
  for (const a of ALPHABET) {
    for (const b of ALPHABET) {
      if (a !== b) expect(idOf(`AAAAAAA${a}${b}`)?.at(-1)).not.toBe(idOf(`AAAAAAA${b}${a}`)?.at(-1));
    }
  }
});

test('a user id is read as people type it', () => {
  for (const userId of userIds) {
    expect(normaliseUserId(userId.toLowerCase())).toBe(userId);
    expect(normaliseUserId(` ${userId.slice(0, 5)}-${userId.slice(5)}\n`)).toBe(userId);
    expect(normaliseUserId(userId.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(userId);
  }
});

test.each(['', 'ABCDEFGHJ', '0000000001', 'anna@example.org', 'UUUUUUUUUU', '0'.repeat(11), ' '.repeat(99)])(
  '"%s" is no user id',
  (text) => {
    expect(isUserId(text)).toBe(false);
    expect(normaliseUserId(text)).toBeUndefined();
  },
);
