import { expect, test } from 'vitest';
import type { ChallengeState } from '../../gate/model.ts';
import { pushWaitMs } from './push-allowance.ts';

const MINUTE_MS = 60_000;
const NOW_MS = 1_800_000_000_000;
const asked = (...minutesAgo: (number | [number, ChallengeState])[]) =>
  minutesAgo.map((one) => {
    const [ago, state] = Array.isArray(one) ? one : [one, 'void' as const];
    return { at: new Date(NOW_MS - ago * MINUTE_MS), state };
  });

test.each([
  ['nothing was asked yet', asked(), 0],
  ['two in ten minutes', asked(1, 2), 0],
  ['three in ten minutes', asked(1, 2, 4), 6],
  ['three, the oldest ten minutes ago', asked(1, 2, 10), 0],
  ['ten in a day', asked(11, 22, 33, 44, 55, 66, 77, 88, 99, 110), 24 * 60 - 110],
  ['an approved one forgives those before it', asked(1, 2, [3, 'proven'], 4, 5), 0],
  ['three after an approved one', asked(1, 2, 3, [4, 'proven']), 7],
  ['refused ones count', asked([1, 'refused'], [2, 'exhausted'], 3), 7],
])('[PUSH-2] %s', (_, history, minutes) => {
  expect(pushWaitMs(history, NOW_MS)).toBe(minutes * MINUTE_MS);
});
