import fc from 'fast-check';
import { expect, test } from 'vitest';
import { months, periodsFrom, weeks } from './partition-periods.ts';

test('a week starts on Monday at midnight UTC and is named by it', () => {
  const monday = Date.UTC(2026, 10, 16);
  const week = { label: 'w20261116', startMs: monday, endMs: Date.UTC(2026, 10, 23) };
  expect(weeks.periodOf(monday)).toEqual(week);
  expect(weeks.periodOf(Date.UTC(2026, 10, 23) - 1)).toEqual(week);
  expect(weeks.periodOf(monday - 1).label).toBe('w20261109');
});

test('a month ends where the next begins, in leap years and in December', () => {
  expect(months.periodOf(Date.UTC(2028, 1, 29, 23)).endMs).toBe(Date.UTC(2028, 2, 1));
  expect(months.periodOf(Date.UTC(2026, 11, 31)).endMs).toBe(Date.UTC(2027, 0, 1));
});

test('periods from a moment on follow one another without a gap', () => {
  const labels = periodsFrom(months, Date.UTC(2026, 10, 21), 3).map((period) => period.label);
  expect(labels).toEqual(['m202611', 'm202612', 'm202701', 'm202702']);
});

test('every moment lies in its period, and the label alone gives the period back', () => {
  const moment = fc.integer({ min: 0, max: Date.UTC(2100, 0) });
  fc.assert(
    fc.property(moment, fc.constantFrom(weeks, months), (ms, calendar) => {
      const period = calendar.periodOf(ms);
      expect(period.startMs).toBeLessThanOrEqual(ms);
      expect(period.endMs).toBeGreaterThan(ms);
      expect(calendar.parse(period.label)).toEqual(period);
    }),
  );
});

test('other names are no labels', () => {
  expect([
    weeks.parse('rest'),
    months.parse('rest'),
    weeks.parse('m202611'),
    months.parse('w20261116'),
  ]).toEqual([undefined, undefined, undefined, undefined]);
});
