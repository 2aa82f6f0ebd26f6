import { ATTRIBUTE_NAMES, type AttributeName, isAttribute } from './attributes.ts';

/** Whom an identity is of: a natural person, a legal person, or either by somebody's profession (AgID, avviso 18). */
export type IdentityType = 1 | 2 | 3 | 4;

/** What is wrong with an attribute. */
export type AttributeFault = 'missing' | 'wrong-form' | 'not-of-this-type' | 'kept-elsewhere';

const PERSON: readonly AttributeName[] = [
  'name',
  'familyName',
  'gender',
  'dateOfBirth',
  'placeOfBirth',
  'countyOfBirth',
  'fiscalNumber',
];
const COMPANY: readonly AttributeName[] = [
  'companyName',
  'companyFiscalNumber',
  'ivaCode',
  'registeredOffice',
];
/** What an identity cannot be without; of a company also one of its numbers (AgID, Modalità attuative, article 5). */
const NEEDED: Record<IdentityType, readonly AttributeName[]> = {
  1: [...PERSON, 'idCard'],
  2: ['companyName', 'registeredOffice', 'idCard'],
  3: [...PERSON, 'idCard'],
  4: [...PERSON, 'companyName', 'registeredOffice', 'idCard'],
};
/** A person has nothing of a company, and a company nothing of a person, unless it is both (avvisi 15 and 18). */
const FOREIGN: Record<IdentityType, readonly AttributeName[]> = {
  1: COMPANY,
  2: PERSON,
  3: [],
  4: [],
};
/** The code is the identity's own, its last day the contract's, contacts are the account's. */
const ELSEWHERE: readonly AttributeName[] = ['spidCode', 'expirationDate', 'email', 'mobilePhone'];

/** Everything that is wrong with the attributes of an identity of a type [SPID-ATT-1, SPID-ATT-3, SPID-ENR-1]. */
export function attributeFaults(
  type: IdentityType,
  attributes: Readonly<Partial<Record<AttributeName, string>>>,
): { name: AttributeName; fault: AttributeFault }[] {
  const faults = ATTRIBUTE_NAMES.flatMap((name) => {
    const fault = faultOf(type, name, attributes[name]);
    return fault ? [{ name, fault }] : [];
  });
  const isCompany = NEEDED[type].includes('companyName');
  const hasNumber = attributes.companyFiscalNumber !== undefined || attributes.ivaCode !== undefined;
  if (isCompany && !hasNumber) faults.push({ name: 'companyFiscalNumber', fault: 'missing' });
  return faults;
}

function faultOf(
  type: IdentityType,
  name: AttributeName,
  value: string | undefined,
): AttributeFault | undefined {
  if (value === undefined) return NEEDED[type].includes(name) ? 'missing' : undefined;
  if (ELSEWHERE.includes(name)) return 'kept-elsewhere';
  if (FOREIGN[type].includes(name)) return 'not-of-this-type';
  return isAttribute(name, value) ? undefined : 'wrong-form';
}

/** The last day of the document that an `idCard` attribute tells of. */
export const expiryOfIdCard = (idCard: string): string => idCard.slice(-10);
