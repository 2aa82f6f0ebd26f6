import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ATTRIBUTE_NAMES, type AttributeName, isAttribute, withCapitalInitials } from './attributes.ts';
import { isVatNumber } from './vat-number.ts';

/** Of each attribute what may be written, and what may not. */
const CASES: Record<AttributeName, { right: string[]; wrong: string[] }> = {
  spidCode: { right: ['SIGL2345678ABC'], wrong: ['SIGL', 'sigl2345678abc'] },
  name: {
    right: ['Maria', 'Anna Maria', 'Nicolò', "D'Angelo"],
    wrong: ['maria', 'Anna  Maria', ' Anna', 'An\u202ena'],
  },
  familyName: {
    right: ['Rossi', 'De Luca', 'Müller-Lüdenscheidt'],
    wrong: ['de Luca', 'Rossi1', '', 'Rossi\n'],
  },
  placeOfBirth: { right: ['H501', 'Z112'], wrong: ['Roma', 'h501', 'H5011'] },
  countyOfBirth: { right: ['RM', 'EE'], wrong: ['ROMA', 'rm', 'R'] },
  dateOfBirth: { right: ['1985-12-10'], wrong: ['10/12/1985', '1985-02-30'] },
  gender: { right: ['F', 'M'], wrong: ['X', 'f', 'FM'] },
  fiscalNumber: { right: ['TINIT-RSSMRA85T10A562S'], wrong: ['RSSMRA85T10A562S', 'TINIT-RSSMRA85T10A562T'] },
  companyName: { right: ['Società per azioni & C.'], wrong: ['Due  spazi', 'a\u0000b', ''] },
  companyFiscalNumber: {
    right: ['TINIT-00743110157', 'TINIT-RSSMRA85T10A562S'],
    wrong: ['TINIT-00743110158', '00743110157'],
  },
  ivaCode: { right: ['VATIT-00743110157'], wrong: ['VATIT-00743110158', 'IT00743110157'] },
  registeredOffice: { right: ['Via Roma 1 00100 Roma RM'], wrong: ['Via\tRoma 1', ' Via Roma'] },
  idCard: {
    right: ['cartaIdentita AS09452389 comuneRoma 2013-01-02 2033-01-31'],
    wrong: [
      'carta AS09452389 comuneRoma 2013-01-02 2033-01-31',
      'cartaIdentita AS09452389 comune Roma 2013-01-02 2033-01-31',
      'passaporto AA1234567 ministeroEsteri 2023-01-02 2023-02-30',
      'passaporto AA1234567 ministeroEsteri 2023-01-02 2013-01-02',
    ],
  },
  mobilePhone: { right: ['+393331234567', '3331234567'], wrong: ['333 1234567', '+39', '0039+333'] },
  email: {
    right: ['maria.rossi@example.it'],
    wrong: ['maria', 'a b@example.it', 'a@b@example.it', 'a@localhost'],
  },
  expirationDate: { right: ['2028-02-29'], wrong: ['2027-02-29', 'never'] },
  digitalAddress: { right: ['maria.rossi@pec.example.it'], wrong: ['pec'] },
  domicileStreetAddress: { right: ['Via Listz 21'], wrong: ['Via\nListz'] },
  domicilePostalCode: { right: ['00144', 'SW1A 1AA', '6900'], wrong: ['', '00144 ', 'cap'] },
  domicileMunicipality: { right: ['Forlì', "L'Aquila"], wrong: ['Forlì '] },
  domicileProvince: { right: ['RM'], wrong: ['Roma'] },
  domicileNation: { right: ['IT'], wrong: ['Italia'] },
  address: { right: ['Via Listz 21 00144 Roma RM'], wrong: ['\u200b'] },
};

describe('attributes of a digital identity', () => {
  test('[SPID-ATT-1] there are 23 of them', () => {
    expect(ATTRIBUTE_NAMES).toHaveLength(23);
  });

  test.each(ATTRIBUTE_NAMES)('[SPID-ATT-1] %s: its form is checked', (name) => {
    const { right, wrong } = CASES[name];
    expect(right.filter((value) => !isAttribute(name, value))).toEqual([]);
    expect(wrong.filter((value) => isAttribute(name, value))).toEqual([]);
  });

  test('[SPID-ATT-1] nothing that cannot be printed, stands on two lines or is too long passes anywhere', () => {
    const unprintable = fc.constantFrom('\n', '\r', '\t', '\u0000', '\u202e', '\u2028', '\ufeff', '  ');
    const anything = fc.tuple(fc.string({ unit: 'grapheme' }), unprintable, fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(fc.constantFrom(...ATTRIBUTE_NAMES), anything, (name, parts) => {
        expect(isAttribute(name, parts.join(''))).toBe(false);
      }),
    );
    expect(isAttribute('companyName', 'a'.repeat(256))).toBe(false);
  });
});

test.each([
  ['DE LUCA', 'De Luca'],
  ["D'ANGELO", "D'Angelo"],
  ['  anna   MARIA ', 'Anna Maria'],
  ['NICOLÒ', 'Nicolò'],
  ['BIANCHI-ROSSI', 'Bianchi-Rossi'],
])('%s is written %s', (text, written) => {
  expect(withCapitalInitials(text)).toBe(written);
  expect(isAttribute('familyName', written)).toBe(true);
});

test('a VAT number has a digit of control', () => {
  const digits = fc.stringMatching(/^\d{10}$/).filter((ten) => !/^0+$/.test(ten));
  fc.assert(
    fc.property(digits, (ten) => {
      expect([...'0123456789'].filter((last) => isVatNumber(ten + last))).toHaveLength(1);
    }),
  );
  expect(isVatNumber('00743110157')).toBe(true);
  expect(isVatNumber('00000000000')).toBe(false);
});
