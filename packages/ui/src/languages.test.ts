import { expect, test } from 'vitest';
import { bestLanguage, nameOfLanguage } from './languages.ts';

test('the first wanted language that we speak is taken', () => {
  expect(bestLanguage(['de-DE', 'en-GB', 'it-IT'])).toBe('en');
  expect(bestLanguage(['IT'])).toBe('it');
});

test('Italian is spoken to those who want none of ours', () => {
  expect(bestLanguage(['de', 'fr'])).toBe('it');
  expect(bestLanguage([])).toBe('it');
});

test('a language is named in itself', () => {
  expect(nameOfLanguage('it')).toBe('Italiano');
  expect(nameOfLanguage('en')).toBe('English');
});
