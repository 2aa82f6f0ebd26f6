import { expect, test } from 'vitest';
import { preferredLanguage } from './language.ts';
import { humanDuration, humanTime, money } from './moments.ts';

const now = Date.parse('2026-03-12T22:30:00Z'); // 23:30 in Rome

test('times are told as people do, in both languages and in Rome', () => {
  expect(humanTime(now, now, 'en')).toBe('today, 23:30');
  expect(humanTime(now, now, 'it')).toBe('oggi, 23:30');
  expect(humanTime(Date.parse('2026-03-11T23:30:00Z'), now, 'en')).toBe('today, 00:30');
  expect(humanTime(Date.parse('2026-03-11T22:30:00Z'), now, 'it')).toBe('ieri, 23:30');
  expect(humanTime(now + 3_600_000, now, 'en')).toBe('tomorrow, 00:30');
  expect(humanTime(Date.parse('2026-01-02T12:00:00Z'), now, 'it')).toBe('2 gennaio 2026, 13:00');
});

test('"yesterday" survives the night when clocks change', () => {
  const sunday = Date.parse('2026-03-29T21:00:00Z');
  expect(humanTime(Date.parse('2026-03-28T23:30:00Z'), sunday, 'en')).toBe('today, 00:30');
  expect(humanTime(Date.parse('2026-03-28T22:30:00Z'), sunday, 'en')).toBe('yesterday, 23:30');
});

test('a duration is told in the largest whole unit', () => {
  expect(humanDuration(600, 'en')).toBe('10 minutes');
  expect(humanDuration(3600, 'it')).toBe('1 ora');
  expect(humanDuration(90, 'en')).toBe('90 seconds');
  expect(humanDuration(0, 'it')).toBe('0 secondi');
});

test('money is written as in each language', () => {
  expect(money(125_050, 'en')).toBe('€1,250.50');
  expect(money(125_050, 'it').replaceAll('\u00a0', ' ')).toBe('1.250,50 €');
});

test('the first language we speak among the preferred ones is taken, else English', () => {
  expect(preferredLanguage('fr-FR,it-IT;q=0.8,en;q=0.5')).toBe('it');
  expect(preferredLanguage('de')).toBe('en');
  expect(preferredLanguage(undefined)).toBe('en');
});
