import { afterEach, expect, test } from 'vitest';
import { fixedClock, HOUR_MS, systemClock } from './clock.ts';
import { setClockOffset } from './shift-date.ts';

const dateBefore = new Date(0);
afterEach(() => setClockOffset(0));

test('a fixed clock moves only when told to', () => {
  const clock = fixedClock(1_000);
  expect(clock.nowMs()).toBe(1_000);
  clock.advance(500);
  expect(clock.now()).toEqual(new Date(1_500));
});

test('a moved date is seen by the system clock, by Date.now, new Date and Date()', () => {
  const computerMs = performance.timeOrigin + performance.now();
  setClockOffset(HOUR_MS);
  const date = new Date();
  for (const nowMs of [systemClock.nowMs(), systemClock.now().getTime(), Date.now(), date.getTime()]) {
    expect(Math.abs(nowMs - computerMs - HOUR_MS)).toBeLessThan(5_000);
  }
  expect(Math.abs(Date.parse(Date()) - computerMs - HOUR_MS)).toBeLessThan(6_000);
});

test('a date with arguments is not moved, and instanceof keeps working', () => {
  setClockOffset(HOUR_MS);
  expect(new Date(2026, 0, 2, 3).getHours()).toBe(3);
  expect(new Date('2026-01-02T03:04:05Z').getTime()).toBe(Date.UTC(2026, 0, 2, 3, 4, 5));
  expect(dateBefore).toBeInstanceOf(Date);
  expect(new Date()).toBeInstanceOf(Date);
  class Day extends Date {}
  expect(new Day()).toBeInstanceOf(Day);
  expect(new Date().constructor).toBe(Date);
});
