import { expect, test } from 'vitest';
import { DAY_MS } from '../../platform/clock/clock.ts';
import { inOrderOfUse, isOver, KEY_LIFE, nextChangeMs, nextTurn, stateOf } from './key-turns.ts';
import type { SigningKey } from './ports.ts';

/** A key made and signing so many days after the first. */
const key = (kid: string, madeOnDay: number, signsFromDay: number): SigningKey => ({
  kid,
  alg: 'ES256',
  jwk: { kid },
  createdAt: new Date(madeOnDay * DAY_MS),
  signsFrom: new Date(signsFromDay * DAY_MS),
});
const first = key('first', 0, 0);
const second = key('second', 0, 42);
const third = key('third', 42, 84);

test.each([
  ['the first key of all', [], 0, 0],
  ['none, within the first hour', [first], 0.04, undefined],
  ['the second, six weeks after the first', [first], 0.05, 42],
  ['none, while one waits', [first, second], 10, undefined],
  ['one made late, a day after it was announced', [first], 60, 60 + KEY_LIFE.announced / DAY_MS],
  ['one made very late, before the one that signs is ninety days old', [first], 89.5, 90],
  ['one made far too late, at once', [first], 200, 200],
])('[CRY-2] the next turn: %s', (_, keys, onDay, expected) => {
  expect(nextTurn(keys, 'ES256', onDay * DAY_MS)?.getTime()).toBe(
    expected === undefined ? undefined : Math.round(expected * DAY_MS),
  );
  expect(nextTurn(keys, 'PS256', onDay * DAY_MS)?.getTime()).toBe(onDay * DAY_MS);
});

test.each([
  [41.99, ['signing', 'waiting', 'waiting'], 'first', [false, false, false]],
  [42, ['former', 'signing', 'waiting'], 'second', [false, false, false]],
  [73.99, ['former', 'signing', 'waiting'], 'second', [false, false, false]],
  [74, ['former', 'signing', 'waiting'], 'second', [true, false, false]],
  [84, ['former', 'former', 'signing'], 'third', [true, false, false]],
  [1000, ['former', 'former', 'signing'], 'third', [true, true, false]],
])('[CRY-2] on day %d they are %j', (onDay, states, signs, over) => {
  const keys = [first, second, third];
  const nowMs = onDay * DAY_MS;
  expect(keys.map((one) => stateOf(one, keys, nowMs))).toEqual(states);
  expect(inOrderOfUse(keys, nowMs)[0]?.kid).toBe(signs);
  expect(keys.map((one) => isOver(one, keys, nowMs))).toEqual(over);
});

test('the next change is the next turn', () => {
  expect(nextChangeMs([first, second, third], 0)).toBe(42 * DAY_MS);
  expect(nextChangeMs([first, second, third], 42 * DAY_MS)).toBe(84 * DAY_MS);
  expect(nextChangeMs([first], 0)).toBe(Number.POSITIVE_INFINITY);
});
