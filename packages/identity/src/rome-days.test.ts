import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysLater, isDay, lastOfYears, romeDayOf, startOfRomeDay } from './rome-days.ts';

describe('days in Rome', () => {
  test.each([
    ['winter', '2026-11-22', '2026-11-21T23:00:00Z'],
    ['summer', '2026-07-01', '2026-06-30T22:00:00Z'],
    ['the day that has 23 hours', '2026-03-29', '2026-03-28T23:00:00Z'],
    ['the day after', '2026-03-30', '2026-03-29T22:00:00Z'],
    ['the day that has 25 hours', '2026-10-25', '2026-10-24T22:00:00Z'],
    ['the day after that', '2026-10-26', '2026-10-25T23:00:00Z'],
  ])('%s begins at midnight', (_, day, at) => {
    expect(startOfRomeDay(day)).toBe(Date.parse(at));
    expect(romeDayOf(Date.parse(at))).toBe(day);
    expect(romeDayOf(Date.parse(at) - 1)).toBe(daysLater(day, -1));
  });

  test('every day of this century has a midnight, one after the other', () => {
    const day = fc.integer({ min: 0, max: 36_524 }).map((days) => daysLater('2000-01-01', days));
    fc.assert(
      fc.property(day, (one) => {
        const hours = (startOfRomeDay(daysLater(one, 1)) - startOfRomeDay(one)) / 3_600_000;
        expect([23, 24, 25]).toContain(hours);
      }),
    );
  });

  test('two years from a day end on the day before it', () => {
    expect(lastOfYears('2026-11-20', 2)).toBe('2028-11-19');
    expect(lastOfYears('2028-02-29', 1)).toBe('2029-02-28');
    expect(lastOfYears('2027-03-01', 1)).toBe('2028-02-29');
  });

  test('what is no day', () => {
    for (const text of ['', '2026-02-29', '2026-13-01', '2026-1-1', '22.11.2026', '2026-11-22T00:00'])
      expect(isDay(text)).toBe(false);
    expect(isDay('2028-02-29')).toBe(true);
    expect(() => startOfRomeDay('2026-02-29')).toThrow('there is no 2026-02-29');
  });
});
