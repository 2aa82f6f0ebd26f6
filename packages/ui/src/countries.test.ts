import { describe, expect, test } from 'vitest';
import { listCountries, matchesCountry, prefixOf } from './countries.ts';

const found = (typed: string, language = 'it') =>
  listCountries(language)
    .filter((country) => matchesCountry(country, typed))
    .map((country) => country.code);

test('countries stand in the alphabetical order of the reader', () => {
  const names = listCountries('it').map((country) => country.name);
  expect(names.indexOf('Germania')).toBeLessThan(names.indexOf('Italia'));
  expect(listCountries('en').map((country) => country.name)).toContain('Germany');
});

describe('a country is found by', () => {
  test('its name in either language, whatever the language of the page', () => {
    expect(found('germania', 'en')).toContain('DE');
    expect(found('Germany', 'it')).toContain('DE');
  });

  test('its name without accents', () => {
    expect(found("cote d'iv")).toEqual(['CI']);
    expect(found('Curacao')).toEqual(['CW']);
  });

  test('its prefix, with plus, zeros or alone', () => {
    expect(found('+39')).toEqual(expect.arrayContaining(['IT', 'VA']));
    expect(found('0039')).toEqual(found('+39'));
    expect(found('39')).toEqual(found('+39'));
  });

  test('its code, which does not match the middle of other names', () => {
    expect(found('de')).toContain('DE');
    expect(found('de')).not.toContain('SE');
  });
});

test('a prefix is known for a country with telephones only', () => {
  expect(prefixOf('IT')).toBe('+39');
  expect(prefixOf('XX')).toBe('');
});
