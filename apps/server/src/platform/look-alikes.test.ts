import { expect, test } from 'vitest';
import { parseEmailAddress } from './email-address.ts';
import { isLookAlike } from './look-alikes.ts';
import { isUserId, newUserId, normaliseUserId } from './user-id.ts';

test.each([
  ['admin in part Cyrillic', '\u0430dmin'],
  ['all in Cyrillic, to be read as ASCII', '\u0440\u0430\u0443\u0440\u0430'],
  ['a Greek letter in a Latin name', 'nicolò.r\u03bfssi'],
  ['full-width letters', 'ａｎｎａ'],
  ['a ligature', 'ﬁlippo'],
  ['a letter that looks like a', 'm\u0251rio.nicolò'],
  ['an i without its dot', 'v\u0131to'],
  ['a mathematical alphabet', '𝐚nna'],
])('[WEB-5] %s is no name of its own', (_what, name) => {
  expect(isLookAlike(name)).toBe(true);
  expect(parseEmailAddress(`${name}@example.org`)).toBeUndefined();
});

test.each([
  'anna',
  'nicolò',
  'günther',
  'françois',
  'søren',
  'l1l0',
  'борис',
  'νίκος',
  '田中さくら',
  '김민준',
  'دانيال',
])('[WEB-5] %s is one', (name) => {
  expect(isLookAlike(name)).toBe(false);
  expect(parseEmailAddress(`${name}@example.org`)).toBe(`${name}@example.org`);
});

test('[WEB-5] no two user ids look alike, in whatever script somebody writes them', () => {
  const userId = newUserId();
  const confusables: Record<string, string> = {
    A: '\u0410',
    B: '\u0412',
    C: '\u0421',
    E: '\u0415',
    H: '\u041d',
    K: '\u041a',
    M: '\u041c',
    P: '\u0420',
    T: '\u0422',
    X: '\u0425',
  };
  const disguised = Array.from(userId, (character) => confusables[character] ?? character).join('');
  expect(disguised === userId || normaliseUserId(disguised) === undefined).toBe(true);
  expect(isUserId(disguised)).toBe(disguised === userId);
  const wide = Array.from(userId, (character) =>
    String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0),
  ).join('');
  expect(normaliseUserId(wide), 'compatibility forms are the same one').toBe(userId);
});

test.each(['\u0000', '\u0007', '\u202e', '\u2066', '\u200b', '\u200d', '\ufeff', '\u00ad'])(
  '[WEB-5] %j is in no name',
  (character) => {
    const userId = newUserId();
    expect(normaliseUserId(`${userId.slice(0, 5)}${character}${userId.slice(5)}`)).toBeUndefined();
    expect(parseEmailAddress(`an${character}na@example.org`)).toBeUndefined();
  },
);
