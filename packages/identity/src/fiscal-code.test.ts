import { describe, expect, test } from 'vitest';
import { isFiscalCode, normaliseFiscalCode, withDigits } from './fiscal-code.ts';

/** Codes that stand as examples in public documents, and one of each kind of letter for a digit. */
const RIGHT = ['RSSMRA85T10A562S', 'MRTMTT91D08F205J', 'RSSMRA85T10A56NH'];

describe('fiscal codes', () => {
  test.each(RIGHT)('%s is one', (code) => {
    expect(isFiscalCode(code)).toBe(true);
  });

  test('any other letter at the end makes it none', () => {
    for (const code of RIGHT)
      for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')
        expect(isFiscalCode(code.slice(0, 15) + letter)).toBe(code.endsWith(letter));
  });

  test.each([
    ['a letter too few', 'RSSMRA85T10A562'],
    ['a letter too many', 'RSSMRA85T10A562SS'],
    ['no such month', 'RSSMRA85F10A562S'],
    ['a digit in the name', 'RSSMR185T10A562S'],
    ['small letters', 'rssmra85t10a562s'],
    ['nothing', ''],
  ])('%s: none', (_, text) => {
    expect(isFiscalCode(text)).toBe(false);
  });

  test('as people write it', () => {
    expect(normaliseFiscalCode(' rss mra 85t10 a562s\n')).toBe('RSSMRA85T10A562S');
  });

  test('a code with letters in place of digits is that of the same person', () => {
    expect(withDigits('RSSMRA85T10A56NH')).toBe('RSSMRA85T10A562S');
    expect(withDigits('RSSMRA85T10A562S')).toBe('RSSMRA85T10A562S');
  });
});
