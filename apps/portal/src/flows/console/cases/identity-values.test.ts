import { expect, test } from 'vitest';
import { attributesOf, fieldOf, NO_PERSON } from './identity-values.ts';

const TYPED = {
  ...NO_PERSON,
  holder: 'maria@example.org',
  name: 'Maria',
  familyName: 'Rossi',
  placeOfBirth: 'h501',
  countyOfBirth: 'rm',
  fiscalNumber: 'rss mra 45a42 h501 y',
  documentNumber: 'ca 12345 ab',
  documentIssuer: 'Comune di Roma',
  documentIssuedOn: '2021-05-01',
  documentExpiresOn: '2031-05-01',
};

test('what was typed as documents have it becomes attributes as the table has them', () => {
  expect(attributesOf(TYPED)).toMatchObject({
    name: 'Maria',
    placeOfBirth: 'H501',
    countyOfBirth: 'RM',
    fiscalNumber: 'TINIT-RSSMRA45A42H501Y',
    idCard: 'cartaIdentita CA12345AB ComuneRoma 2021-05-01 2031-05-01',
    domicileNation: 'IT',
  });
});

test('the holder and the parts of the document are no attributes', () => {
  const names = Object.keys(attributesOf(TYPED));
  expect(names.filter((name) => name === 'holder' || name.startsWith('document'))).toEqual([]);
});

test('a refused document is shown where it was typed', () => {
  expect(fieldOf('name', TYPED)).toBe('name');
  expect(fieldOf('idCard', { ...TYPED, documentNumber: '1' })).toBe('documentNumber');
  expect(fieldOf('idCard', { ...TYPED, documentIssuer: '7' })).toBe('documentIssuer');
  expect(fieldOf('idCard', TYPED)).toBe('documentExpiresOn');
});
