import { isFiscalCode } from './fiscal-code.ts';
import { isDay } from './rome-days.ts';
import { isSpidCode } from './spid-code.ts';
import { isVatNumber } from './vat-number.ts';

const MOST_CHARACTERS = 255;

/** Words that begin with a capital, one space between them: names as certificates and relying parties want them. */
const NAME = /^\p{Lu}[\p{L}\p{M}'’.-]*(?: \p{Lu}[\p{L}\p{M}'’.-]*)*$/u;
/** Anything that can be printed, on one line, without spaces in excess. */
const LINE = /^[^\p{C}\p{Z}]+(?: [^\p{C}\p{Z}]+)*$/u;
const EMAIL =
  /^[^\s@\p{C}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;
const ID_CARD_TYPES =
  'cartaIdentita|passaporto|patenteGuida|patenteNautica|librettoPensione|patentinoImpTermici|portoArmi|tesseraRiconoscimento';
const ID_CARD = new RegExp(
  `^(?:${ID_CARD_TYPES}) [A-Z0-9]{4,20} [\\p{L}'’-]{2,80} (\\d{4}-\\d{2}-\\d{2}) (\\d{4}-\\d{2}-\\d{2})$`,
  'u',
);

const matches = (form: RegExp) => (value: string) => form.test(value);
const tagged = (tag: string, isRight: (rest: string) => boolean) => (value: string) =>
  value.startsWith(tag) && isRight(value.slice(tag.length));

/** The attributes of a digital identity and what is right for each (AgID, Tabella attributi; avvisi 15, 18 and 25). */
const FORMS = {
  spidCode: isSpidCode,
  name: matches(NAME),
  familyName: matches(NAME),
  /** The Belfiore code of a municipality or of a foreign state. */
  placeOfBirth: matches(/^[A-Z]\d{3}$/),
  /** The letters of a province, EE abroad. */
  countyOfBirth: matches(/^[A-Z]{2}$/),
  dateOfBirth: isDay,
  gender: matches(/^[FM]$/),
  fiscalNumber: tagged('TINIT-', isFiscalCode),
  companyName: matches(LINE),
  /** Of a legal person it has the form of a VAT number; a sole trader's is that of the person. */
  companyFiscalNumber: tagged('TINIT-', (rest) => isVatNumber(rest) || isFiscalCode(rest)),
  ivaCode: tagged('VATIT-', isVatNumber),
  registeredOffice: matches(LINE),
  /** Type, number, issuer, when it was issued, when it expires. */
  idCard: isIdCard,
  /** With its country's prefix, and nothing between the digits. */
  mobilePhone: matches(/^\+?\d{6,15}$/),
  email: matches(EMAIL),
  expirationDate: isDay,
  /** Of certified mail. */
  digitalAddress: matches(EMAIL),
  domicileStreetAddress: matches(LINE),
  domicilePostalCode: matches(/^[A-Z0-9](?:[A-Z0-9 -]{0,10}[A-Z0-9])?$/),
  domicileMunicipality: matches(LINE),
  domicileProvince: matches(/^[A-Z]{2}$/),
  domicileNation: matches(/^[A-Z]{2}$/),
  /** The domicile in one line, as it was before avviso 25. */
  address: matches(LINE),
} satisfies Record<string, (value: string) => boolean>;

export type AttributeName = keyof typeof FORMS;

/** All of them, in the order of the table. */
export const ATTRIBUTE_NAMES = Object.keys(FORMS) as AttributeName[];

/** Whether a value may be written for an attribute [SPID-ATT-1]. */
export function isAttribute(name: AttributeName, value: string): boolean {
  return value.length <= MOST_CHARACTERS && FORMS[name](value);
}

function isIdCard(value: string): boolean {
  const [, issuedOn = '', expiresOn = ''] = ID_CARD.exec(value) ?? [];
  return isDay(issuedOn) && isDay(expiresOn) && issuedOn < expiresOn;
}

/** A name in capitals, as documents and their chips have it, with capital initials: `DE LUCA` is `De Luca`. */
export function withCapitalInitials(text: string): string {
  return text
    .trim()
    .replace(/\p{Z}+/gu, ' ')
    .toLocaleLowerCase('it')
    .replace(
      /(^|[ '’-])(\p{Ll})/gu,
      (_, before: string, letter: string) => before + letter.toLocaleUpperCase('it'),
    );
}
