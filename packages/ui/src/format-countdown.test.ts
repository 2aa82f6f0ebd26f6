import { expect, test } from 'vitest';
import { formatCountdown } from './format-countdown.ts';

test.each([
  [0, '0:00'],
  [5, '0:05'],
  [250, '4:10'],
  [3723, '1:02:03'],
])('%i seconds are shown as %s', (seconds, shown) => {
  expect(formatCountdown(seconds)).toBe(shown);
});
