import type { Contacts, Holder, IdentityDocument } from '@sigillo/documents';
import type { Prover } from '../../gate/model.ts';
import { nameOfBirthPlace } from '../../places/birth-places.ts';
import type { Attributes } from '../identity.ts';

/** Who was born abroad has this in the place of a province. */
const ABROAD = 'EE';

/** The natural person that an identity is of, as people read it; undefined where the attributes do not say it all. */
export async function holderOf(attributes: Attributes): Promise<Holder | undefined> {
  const { name, familyName, gender, dateOfBirth, placeOfBirth, countyOfBirth, fiscalNumber } = attributes;
  if (!name || !familyName || !dateOfBirth || !placeOfBirth || !fiscalNumber) return undefined;
  if (gender !== 'F' && gender !== 'M') return undefined;
  return {
    name,
    familyName,
    gender,
    dateOfBirth,
    placeOfBirth: await nameOfBirthPlace(placeOfBirth),
    ...(countyOfBirth && countyOfBirth !== ABROAD && { countyOfBirth }),
    fiscalNumber: fiscalNumber.replace(/^TINIT-/, ''),
  };
}

/**
 * The document that proved who the holder is: type, number, issuer, when it was issued, when it expires (AgID, Tabella
 * attributi). Its issuer is written without spaces there (`comuneRoma`), and with them here.
 */
export function documentOf({ idCard = '' }: Attributes): IdentityDocument | undefined {
  const [type, number, issuer, issuedOn, expiresOn] = idCard.split(' ');
  if (!type || !number || !issuer || !issuedOn || !expiresOn) return undefined;
  const words = issuer.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
  const withCapital = words.charAt(0).toLocaleUpperCase('it') + words.slice(1);
  return { type: type as IdentityDocument['type'], number, issuer: withCapital, issuedOn, expiresOn };
}

/** How the holder is reached: by what the account has confirmed, at where the identity says they live. */
export function contactsOf(
  { contacts }: Pick<Prover, 'contacts'>,
  attributes: Attributes,
): Partial<Contacts> {
  const confirmed = contacts.filter(({ verifiedAt }) => verifiedAt !== null);
  const of = (kind: 'email' | 'phone') => confirmed.find((one) => one.kind === kind)?.address;
  const [email, mobilePhone] = [of('email') ?? attributes.email, of('phone') ?? attributes.mobilePhone];
  const domicile = domicileOf(attributes);
  return {
    ...(email && { email }),
    ...(mobilePhone && { mobilePhone }),
    ...(attributes.digitalAddress && { certifiedMail: attributes.digitalAddress }),
    ...(domicile && { domicile }),
  };
}

function domicileOf(attributes: Attributes): string | undefined {
  const { domicileStreetAddress, domicilePostalCode, domicileMunicipality, domicileProvince } = attributes;
  if (!domicileStreetAddress || !domicileMunicipality) return attributes.address;
  const isAbroad = domicileProvince === ABROAD;
  const where = isAbroad ? attributes.domicileNation : domicileProvince;
  const town = [domicilePostalCode, domicileMunicipality, where].filter(Boolean).join(' ');
  return `${domicileStreetAddress}, ${town}`;
}
