/** What is typed of a natural person, field by field as their documents have it. */
export const NO_PERSON = {
  holder: '',
  name: '',
  familyName: '',
  gender: 'F',
  dateOfBirth: '',
  placeOfBirth: '',
  countyOfBirth: '',
  fiscalNumber: '',
  documentType: 'cartaIdentita',
  documentNumber: '',
  documentIssuer: '',
  documentIssuedOn: '',
  documentExpiresOn: '',
  domicileStreetAddress: '',
  domicilePostalCode: '',
  domicileMunicipality: '',
  domicileProvince: '',
  domicileNation: 'IT',
};

export type PersonValues = typeof NO_PERSON;

/** Kinds of documents that an identity may rest on (AgID, Tabella attributi, `idCard`). */
export const DOCUMENTS = ['cartaIdentita', 'passaporto', 'patenteGuida'] as const;

/** The attributes of an identity as relying parties get them: tags, capitals, and the document in one line. */
export function attributesOf(values: PersonValues): Record<string, string> {
  const { holder: _, documentType, documentNumber, documentIssuer, ...rest } = values;
  const { documentIssuedOn, documentExpiresOn, ...person } = rest;
  const issuer = oneWord(documentIssuer);
  return {
    ...person,
    placeOfBirth: code(person.placeOfBirth),
    countyOfBirth: code(person.countyOfBirth),
    domicileProvince: code(person.domicileProvince),
    domicileNation: code(person.domicileNation),
    fiscalNumber: `TINIT-${code(person.fiscalNumber).replace(/^TINIT-/, '')}`,
    idCard: [documentType, code(documentNumber), issuer, documentIssuedOn, documentExpiresOn].join(' '),
  };
}

/** Which field an attribute that was refused was typed in. */
export function fieldOf(attribute: string, values: PersonValues): string {
  if (attribute !== 'idCard') return attribute;
  if (!/^[A-Z0-9]{4,20}$/.test(code(values.documentNumber))) return 'documentNumber';
  return oneWord(values.documentIssuer).length < 2 ? 'documentIssuer' : 'documentExpiresOn';
}

const code = (text: string): string => text.replace(/\s/g, '').toUpperCase();

/** `Comune di Roma` is `ComuneRoma`, as the table of attributes wants an issuer. */
function oneWord(text: string): string {
  return text
    .split(/[^\p{L}'’-]+/u)
    .filter((word) => word !== '' && !/^(?:di|del|della|dello)$/i.test(word))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
