import { expect, test } from 'vitest';
import { exactDate, humanDate } from './human-date.ts';

const NOW = new Date('2026-03-10T10:00:00Z');
const rome = (iso: string, locale: string) => humanDate(new Date(iso), NOW, locale, 'Europe/Rome');

test('today, yesterday and tomorrow are called so', () => {
  expect(rome('2026-03-10T13:32:00Z', 'it')).toBe('oggi 14:32');
  expect(rome('2026-03-09T08:05:00Z', 'en-GB')).toBe('yesterday 09:05');
  expect(rome('2026-03-11T08:05:00Z', 'it')).toBe('domani 09:05');
  expect(rome('2026-03-12T08:05:00Z', 'en-GB')).toBe('12 March 09:05');
});

test('a day is the one of the reader, not of Greenwich', () => {
  expect(rome('2026-03-09T23:30:00Z', 'it')).toBe('oggi 00:30');
  expect(humanDate(new Date('2026-03-10T01:00:00Z'), NOW, 'en-GB', 'America/New_York')).toBe(
    'yesterday 21:00',
  );
});

test('other days have a date, and a year only when it is another one', () => {
  expect(rome('2026-03-01T17:00:00Z', 'en-GB')).toBe('1 March 18:00');
  expect(rome('2025-12-31T17:00:00Z', 'it')).toBe('31 dicembre 2025 18:00');
});

test('the exact moment names day, second and zone', () => {
  const exact = exactDate(new Date('2026-03-01T17:00:05Z'), 'en-GB', 'Europe/Rome');
  expect(exact).toContain('Sunday');
  expect(exact).toContain('18:00:05');
  expect(exact).toMatch(/CET|GMT\+1/);
});
