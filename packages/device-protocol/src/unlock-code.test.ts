import { expect, test } from 'vitest';
import { isUnlockCodeAcceptable, unlockCodeWeaknesses } from './index.ts';

test.each(['739164', '0482913', '58203914', '4917062835'])('[PUSH-5] %s may be used', (code) => {
  expect(unlockCodeWeaknesses(code)).toEqual([]);
  expect(isUnlockCodeAcceptable(code)).toBe(true);
});

test.each([
  ['73916', 'too-short'],
  ['', 'too-short'],
  ['739164'.repeat(6), 'too-long'],
  ['73916a', 'not-digits'],
  ['٧٣٩١٦٤', 'not-digits'],
  ['123456', 'run'],
  ['987654', 'run'],
  ['678901', 'run'],
  ['210987', 'run'],
  ['135791', 'run'],
  ['864208', 'run'],
  ['111111', 'repeat'],
  ['121212', 'repeat'],
  ['483483', 'repeat'],
  ['4834834', 'repeat'],
  ['48344834', 'repeat'],
  ['377337', 'repeat'],
  ['483384', 'repeat'],
  ['250483', 'date'],
  ['042583', 'date'],
  ['830425', 'date'],
  ['832504', 'date'],
  ['25041983', 'date'],
  ['04251983', 'date'],
  ['19830425', 'date'],
  ['198304', 'date'],
  ['041983', 'date'],
  ['159753', 'common'],
  ['147258', 'common'],
  ['112233', 'common'],
  ['5201314', 'common'],
  ['147258369', 'common'],
])('[PUSH-5] %s is refused as %s', (code, weakness) => {
  expect(unlockCodeWeaknesses(code)).toContain(weakness);
  expect(isUnlockCodeAcceptable(code)).toBe(false);
});

test('everything that is wrong is told at once', () => {
  expect(unlockCodeWeaknesses('11111')).toEqual(['too-short', 'run', 'repeat']);
});

test('most codes of six digits remain', () => {
  const refused = Array.from({ length: 10_000 }, (_, i) =>
    String((i * 7919 * 13) % 1_000_000).padStart(6, '0'),
  ).filter((code) => !isUnlockCodeAcceptable(code));
  expect(refused.length).toBeLessThan(1500);
});
