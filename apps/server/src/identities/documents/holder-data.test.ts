import { expect, test } from 'vitest';
import { contactsOf, documentOf, holderOf } from './holder-data.ts';

test('the parts of a document, its issuer in words', () => {
  expect(documentOf({ idCard: 'cartaIdentita AS09452389 comuneReggioEmilia 2013-01-02 2033-01-31' })).toEqual(
    {
      type: 'cartaIdentita',
      number: 'AS09452389',
      issuer: 'Comune Reggio Emilia',
      issuedOn: '2013-01-02',
      expiresOn: '2033-01-31',
    },
  );
  expect(documentOf({})).toBeUndefined();
});

const PERSON = {
  name: 'Maria',
  familyName: 'Rossi',
  gender: 'F',
  dateOfBirth: '1985-12-10',
  placeOfBirth: 'A562',
  countyOfBirth: 'PI',
  fiscalNumber: 'TINIT-RSSMRA85T50A562W',
};

test('a person as people read it: the place in words, the code without its tag', async () => {
  expect(await holderOf(PERSON)).toMatchObject({
    placeOfBirth: 'San Giuliano Terme',
    countyOfBirth: 'PI',
    fiscalNumber: 'RSSMRA85T50A562W',
  });
  const abroad = await holderOf({ ...PERSON, placeOfBirth: 'Z110', countyOfBirth: 'EE' });
  expect(abroad).toMatchObject({ placeOfBirth: 'Francia' });
  expect(abroad).not.toHaveProperty('countyOfBirth');
  const { gender: _, ...without } = PERSON;
  expect(await holderOf(without)).toBeUndefined();
});

test('contacts that are confirmed come before what an identity was given with', () => {
  const contact = { id: 'c', kind: 'email' as const, channelId: 'c', address: 'new@example.org' };
  const attributes = { email: 'old@example.org', mobilePhone: '+393331234567' };
  const at = (verifiedAt: Date | null) => contactsOf({ contacts: [{ ...contact, verifiedAt }] }, attributes);
  expect(at(new Date())).toEqual({ email: 'new@example.org', mobilePhone: '+393331234567' });
  expect(at(null)).toMatchObject({ email: 'old@example.org' });
});

test.each([
  [{ domicileProvince: 'RM', domicileNation: 'IT' }, 'Via Listz 21, 00144 Roma RM'],
  [{ domicileProvince: 'EE', domicileNation: 'FR' }, 'Via Listz 21, 00144 Roma FR'],
])('where somebody lives, in one line', (where, line) => {
  const street = {
    domicileStreetAddress: 'Via Listz 21',
    domicilePostalCode: '00144',
    domicileMunicipality: 'Roma',
  };
  expect(contactsOf({ contacts: [] }, { ...street, ...where }).domicile).toBe(line);
});
