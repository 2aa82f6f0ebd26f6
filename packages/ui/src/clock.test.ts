import { describe, expect, test } from 'vitest';
import { offsetAfter } from './clock.ts';

const SAID = 'Sun, 22 Nov 2026 10:00:00 GMT';
const SAID_MS = Date.parse(SAID);

/** An answer that says ten o'clock, by a device that saw it come at a time of its own, after so many seconds. */
const answer = (secondsAfterTen: number, roundTripSeconds = 0.1) => {
  const receivedMs = SAID_MS + 1000 * secondsAfterTen;
  return { date: SAID, sentMs: receivedMs - 1000 * roundTripSeconds, receivedMs };
};

describe('how far the server is ahead of a device', () => {
  test('a clock that is right, or nearly, is left alone', () => {
    expect(offsetAfter(answer(0), 0)).toBe(0);
    expect(offsetAfter(answer(1.5), 0)).toBe(0);
    expect(offsetAfter(answer(-1.5), 0)).toBe(0);
  });

  test('a clock that is wrong is corrected, in both directions', () => {
    expect(offsetAfter(answer(300), 0)).toBe(-300_000);
    expect(offsetAfter(answer(-300), 0)).toBe(300_000);
  });

  test('what is known already is not learnt again, and is given up when it is no longer so', () => {
    expect(offsetAfter(answer(300), -300_000)).toBe(-300_000);
    expect(offsetAfter(answer(0), -300_000)).toBe(0);
  });

  test('an answer that was late says nothing about the clock: the device may have slept meanwhile', () => {
    expect(offsetAfter(answer(61, 61), 0)).toBe(0);
    expect(offsetAfter(answer(61, 5), 0)).toBe(-61_000);
  });

  test('an answer without a time is no answer to this', () => {
    expect(offsetAfter({ ...answer(300), date: null }, 7)).toBe(7);
    expect(offsetAfter({ ...answer(300), date: 'yesterday' }, 7)).toBe(7);
  });
});
