import type { Attributes } from '../../../identities/identity.ts';
import type { Residence } from './residence.ts';

/** What stands for the province of a place outside Italy. */
const ABROAD = 'EE';

/** The attributes that say where somebody lives: one by one, and in one line as it was before (AgID, avviso 25). */
export function attributesOf(residence: Residence): Attributes {
  const { country, street, postalCode, municipality, province } = residence;
  return {
    domicileStreetAddress: street,
    domicilePostalCode: postalCode,
    domicileMunicipality: municipality,
    domicileProvince: province ?? ABROAD,
    domicileNation: country,
    address: `${street} ${postalCode} ${municipality} ${province ?? country}`,
  };
}

/** Where the holder of an identity lives; undefined when its attributes do not say it one by one. */
export function residenceOf(attributes: Attributes): Residence | undefined {
  const {
    domicileStreetAddress: street,
    domicilePostalCode: postalCode,
    domicileMunicipality: municipality,
    domicileProvince: letters,
    domicileNation: country = 'IT',
  } = attributes;
  if (!street || !postalCode || !municipality || !letters) return undefined;
  return { country, street, postalCode, municipality, province: country === 'IT' ? letters : null };
}
