import { expect, test } from 'vitest';
import { attributeFaults, expiryOfIdCard } from './attribute-faults.ts';

const PERSON = {
  name: 'Maria',
  familyName: 'Rossi',
  gender: 'F',
  dateOfBirth: '1985-12-10',
  placeOfBirth: 'A562',
  countyOfBirth: 'PI',
  fiscalNumber: 'TINIT-RSSMRA85T50A562W',
  idCard: 'cartaIdentita AA00001BB ComunePisa 2022-01-31 2032-01-31',
};
const COMPANY = {
  companyName: 'Alpi S.p.A.',
  registeredOffice: 'Via Listz 21 00144 Roma',
  ivaCode: 'VATIT-12345678903',
};

test('[SPID-ENR-1] a person with all that is needed has no fault, and each part is needed', () => {
  expect(attributeFaults(1, PERSON)).toEqual([]);
  for (const name of Object.keys(PERSON))
    expect(attributeFaults(1, { ...PERSON, [name]: undefined } as never)).toEqual([
      { name, fault: 'missing' },
    ]);
});

test('[SPID-ENR-1] a company needs one of its numbers', () => {
  const { idCard } = PERSON;
  expect(attributeFaults(2, { ...COMPANY, idCard })).toEqual([]);
  const { ivaCode, ...without } = COMPANY;
  expect(attributeFaults(2, { ...without, idCard })).toEqual([
    { name: 'companyFiscalNumber', fault: 'missing' },
  ]);
  expect(attributeFaults(4, { ...PERSON, ...without, companyFiscalNumber: 'TINIT-12345678903' })).toEqual([]);
});

test('[SPID-ATT-3] a person has nothing of a company, a company nothing of a person', () => {
  expect(attributeFaults(1, { ...PERSON, ...COMPANY }).map(({ fault }) => fault)).toEqual(COMPANY_FAULTS);
  const mixed = attributeFaults(2, { ...COMPANY, idCard: PERSON.idCard, name: 'Maria' });
  expect(mixed).toEqual([{ name: 'name', fault: 'not-of-this-type' }]);
  expect(attributeFaults(3, { ...PERSON, ...COMPANY })).toEqual([]);
});

const COMPANY_FAULTS = Object.keys(COMPANY).map(() => 'not-of-this-type');

test('[SPID-ATT-1] what has another form, or is kept elsewhere, is told', () => {
  const wrong = { ...PERSON, name: 'maria', email: 'maria@example.org' };
  expect(attributeFaults(1, wrong)).toEqual([
    { name: 'name', fault: 'wrong-form' },
    { name: 'email', fault: 'kept-elsewhere' },
  ]);
});

test('the last day of a document stands at its end', () => {
  expect(expiryOfIdCard(PERSON.idCard)).toBe('2032-01-31');
});
