import { type Day, daysLater, lastOfYears } from '@sigillo/identity';
import type { IdentityStart } from '../../../identities/new-identity.ts';

/** Digital identities of those demonstration accounts that can prove a second factor, by e-mail address. */
const PERSONS: Record<string, (expires: Day) => IdentityStart['attributes']> = {
  'bruno@example.org': (expires) => ({
    name: 'Bruno',
    familyName: 'Bianchi',
    placeOfBirth: 'A944',
    countyOfBirth: 'BO',
    dateOfBirth: '1978-03-12',
    gender: 'M',
    fiscalNumber: 'TINIT-BNCBRN78C12A944G',
    idCard: `cartaIdentita CA00001BB ComuneBologna ${daysLater(expires, -3652)} ${expires}`,
    domicileStreetAddress: 'Via Zamboni 33',
    domicilePostalCode: '40126',
    domicileMunicipality: 'Bologna',
    domicileProvince: 'BO',
    domicileNation: 'IT',
  }),
  'carla@example.org': (expires) => ({
    name: 'Carla',
    familyName: 'Conti',
    placeOfBirth: 'L219',
    countyOfBirth: 'TO',
    dateOfBirth: '1985-11-20',
    gender: 'F',
    fiscalNumber: 'TINIT-CNTCRL85S60L219E',
    idCard: `patenteGuida TO1234567K MITTorino ${daysLater(expires, -3652)} ${expires}`,
    domicileStreetAddress: 'Via Po 17',
    domicilePostalCode: '10124',
    domicileMunicipality: 'Torino',
    domicileProvince: 'TO',
    domicileNation: 'IT',
  }),
};

/** What the identity of a demonstration account is made of; undefined for an account that has none. */
export function demonstrationIdentity(
  email: string,
  accountId: string,
  today: Day,
): IdentityStart | undefined {
  const documentExpiresOn = daysLater(today, 5 * 365);
  const attributes = PERSONS[email]?.(documentExpiresOn);
  const expiresOn = lastOfYears(today, 10);
  return attributes && { accountId, type: 1, attributes, documentExpiresOn, issuedOn: today, expiresOn };
}
