import { timeStepAt } from '@sigillo/otp';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { secondsLeft } from './seconds.ts';

test('a step lasts its whole length at its first second, and one at its last', () => {
  expect(secondsLeft(1_900_000_020, 30)).toBe(30);
  expect(secondsLeft(1_900_000_049, 30)).toBe(1);
  expect(secondsLeft(1_900_000_020, 60)).toBe(60);
});

test('the code changes exactly when no second is left', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 33 }), fc.integer({ min: 1, max: 3600 }), (second, length) => {
      const left = secondsLeft(second, length);
      const stepAt = (unixSecond: number) => timeStepAt(unixSecond * 1000, length);
      expect(left).toBeGreaterThanOrEqual(1);
      expect(left).toBeLessThanOrEqual(length);
      expect(stepAt(second + left - 1)).toBe(stepAt(second));
      expect(stepAt(second + left)).toBe(stepAt(second) + 1);
    }),
  );
});
