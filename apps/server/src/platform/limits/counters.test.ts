import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Counters, startCounters } from './counters.ts';

const RULE = { count: 30, perSeconds: 60 };
const START_MS = Date.UTC(2026, 5, 1);

/** How many of the tries, all at one moment, are allowed. */
function allowed(counters: Counters, tries: number, nowMs: number, key = 'a'): number {
  return Array.from({ length: tries }, () => counters.take(key, RULE, nowMs)).filter(
    (wait) => wait === undefined,
  ).length;
}

test('[RATE-2] thirty tries a minute are allowed, the next is told when to come back', () => {
  const counters = startCounters(10);
  expect(allowed(counters, 40, START_MS)).toBe(30);
  expect(allowed(counters, 40, START_MS, 'another')).toBe(30);
  expect(counters.take('a', RULE, START_MS)).toBeGreaterThan(0);
});

test('two rules with one key do not mix', () => {
  const counters = startCounters(10);
  expect(allowed(counters, 40, START_MS)).toBe(30);
  expect(counters.take('a', { count: 1, perSeconds: 10 }, START_MS)).toBeUndefined();
});

test('the window slides: a full minute weighs less and less in the next', () => {
  const counters = startCounters(10);
  allowed(counters, 30, START_MS);
  expect(allowed(counters, 30, START_MS + 60_000)).toBe(0);
  expect(allowed(counters, 30, START_MS + 75_000)).toBe(7);
  expect(allowed(counters, 30, START_MS + 180_000)).toBe(30);
});

test('a pause between two tries ends when it was said to, wherever in a window it began', () => {
  const counters = startCounters(10);
  const pause = { count: 1, perSeconds: 30 };
  expect(counters.take('a', pause, START_MS + 29_000)).toBeUndefined();
  expect(counters.take('a', pause, START_MS + 31_000)).toBe(28);
  expect(counters.take('a', pause, START_MS + 58_999)).toBe(1);
  expect(counters.take('a', pause, START_MS + 59_000)).toBeUndefined();
  expect(counters.take('a', pause, START_MS + 60_000)).toBe(29);
});

test('[RATE-2] after the seconds named one more try is allowed, and not much before', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 3_600 }),
      fc.integer({ min: 0, max: 3_600_000 }),
      fc.array(fc.integer({ min: 0, max: 120_000 }), { maxLength: 60 }),
      (count, perSeconds, startMs, pauses) => {
        const rule = { count, perSeconds };
        const counters = startCounters(10);
        let nowMs = START_MS + startMs;
        for (const pauseMs of pauses) {
          nowMs += pauseMs;
          const wait = counters.take('a', rule, nowMs);
          if (wait === undefined) continue;
          expect(wait).toBeLessThanOrEqual(2 * perSeconds);
          if (wait > 1) expect(counters.take('a', rule, nowMs + (wait - 1) * 1_000)).toBeDefined();
          nowMs += wait * 1_000;
          expect(counters.take('a', rule, nowMs)).toBeUndefined();
        }
      },
    ),
  );
});

test('[RATE-2] what other nodes counted is learned, what was counted here meanwhile stays', () => {
  const counters = startCounters(10);
  allowed(counters, 10, START_MS);
  const drained = counters.drain();
  expect(drained).toEqual([{ key: '60/a', windowStartMs: START_MS, count: 10 }]);
  allowed(counters, 5, START_MS);
  counters.learn([{ key: '60/a', windowStartMs: START_MS, count: 22 }], drained);
  expect(allowed(counters, 30, START_MS)).toBe(30 - 22 - 5);
  expect(counters.drain()).toEqual([{ key: '60/a', windowStartMs: START_MS, count: 8 }]);
});

test('counts that could not be merged are kept for the next time', () => {
  const counters = startCounters(10);
  allowed(counters, 3, START_MS);
  counters.restore(counters.drain());
  allowed(counters, 1, START_MS);
  expect(counters.drain()).toEqual([{ key: '60/a', windowStartMs: START_MS, count: 4 }]);
  expect(counters.drain()).toEqual([]);
});

test('what is learned of the window before weighs as that', () => {
  const counters = startCounters(10);
  counters.take('a', RULE, START_MS + 60_000);
  counters.learn([{ key: '60/a', windowStartMs: START_MS, count: 30 }], []);
  expect(counters.take('a', RULE, START_MS + 60_000)).toBeGreaterThan(0);
});

test('memory is bounded: the oldest windows are forgotten first', () => {
  const counters = startCounters(2);
  allowed(counters, 30, START_MS, 'old');
  allowed(counters, 30, START_MS, 'middle');
  counters.take('middle', RULE, START_MS + 60_000);
  allowed(counters, 30, START_MS, 'new');
  expect(counters.take('middle', RULE, START_MS + 60_000)).toBeDefined();
  expect(counters.take('old', RULE, START_MS)).toBeUndefined();
});

test('a swept key starts anew', () => {
  const counters = startCounters(10);
  allowed(counters, 30, START_MS);
  counters.sweep(START_MS + 119_999);
  expect(counters.take('a', RULE, START_MS)).toBeDefined();
  counters.sweep(START_MS + 120_000);
  expect(counters.take('a', RULE, START_MS)).toBeUndefined();
});
