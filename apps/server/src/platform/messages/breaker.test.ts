import { expect, test } from 'vitest';
import { SECOND_MS } from '../clock/clock.ts';
import { breaker } from './breaker.ts';

const failTimes = (of: ReturnType<typeof breaker>, times: number, nowMs: number) =>
  Array.from({ length: times }, () => of.failed(nowMs));

test('ten failures in a row are an outage, told once; an answer between them is none', () => {
  const one = breaker();
  expect(failTimes(one, 9, 0)).not.toContain(true);
  expect(one.answered()).toBe(false);
  expect(failTimes(one, 9, 0)).not.toContain(true);
  expect(one.allow(32, 0)).toBe(32);
  expect(failTimes(one, 3, 0)).toEqual([true, false, false]);
  expect(one.allow(32, 0)).toBe(0);
});

test('after a pause one message is tried; while it fails the pauses grow to half a minute', () => {
  const one = breaker();
  failTimes(one, 10, 0);
  let nowMs = 0;
  const pauses: number[] = [];
  for (let tried = 0; tried < 6; tried++) {
    const fromMs = nowMs;
    while (one.allow(32, nowMs) === 0) nowMs += SECOND_MS;
    pauses.push((nowMs - fromMs) / SECOND_MS);
    expect(one.allow(32, nowMs), 'one, and no second beside it').toBe(0);
    expect(one.failed(nowMs)).toBe(false);
  }
  expect(pauses).toEqual([2, 4, 8, 16, 30, 30]);
});

test('when the one goes through, all go', () => {
  const one = breaker();
  failTimes(one, 10, 0);
  expect(one.allow(32, 2 * SECOND_MS)).toBe(1);
  expect(one.answered()).toBe(true);
  expect(one.allow(32, 2 * SECOND_MS)).toBe(32);
});

test('a try of which nothing is heard makes way for another', () => {
  const one = breaker();
  failTimes(one, 10, 0);
  expect(one.allow(32, 2 * SECOND_MS)).toBe(1);
  expect(one.allow(32, 4 * SECOND_MS)).toBe(1);
  expect(one.allow(0, 60 * SECOND_MS)).toBe(0);
});
