import {
  ATTRIBUTE_NAMES,
  type AttributeFault,
  type AttributeName,
  attributeFaults,
  expiryOfIdCard,
  isDay,
  isSpidCode,
} from '@sigillo/identity';
import { z } from 'zod';
import type { Attributes } from '../../../identities/identity.ts';
import type { Fault } from './read-record.ts';

const FAULTS: Record<AttributeFault, string> = {
  missing: 'is needed',
  'wrong-form': 'has another form than attributes of digital identities have',
  'not-of-this-type': 'does not belong to an identity of this type',
  'kept-elsewhere':
    'does not stand here: contacts are those of the record, code and days have fields of their own',
};

const day = z.string().refine(isDay, 'is no day such as 2026-11-22');

/** A digital identity that was issued elsewhere, as a record of the file has it. */
export const identitySchema = z.strictObject({
  type: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).default(1),
  spidCode: z.string().refine(isSpidCode, 'is no code of a digital identity').optional(),
  issuedOn: day,
  expiresOn: day.optional(),
  lastUsedOn: day.optional(),
  attributes: z.record(z.string(), z.string()),
});

type IdentityRecord = z.output<typeof identitySchema>;

/** What is wrong with an identity, beside the form of its fields; no value is repeated. */
export function faultsOfIdentity(
  { type, attributes, issuedOn, expiresOn, lastUsedOn }: IdentityRecord,
  hasContacts: boolean,
): Fault[] {
  const fault = (field: string, reason: string): Fault => ({ field: `identity${field}`, reason });
  const unknown = Object.keys(attributes).filter((name) => !isAttributeName(name));
  const faults = attributeFaults(type, attributes as Attributes).map(({ name, fault: kind }) =>
    fault(`.attributes.${name}`, FAULTS[kind]),
  );
  if (unknown.length > 0) faults.push(fault('.attributes', 'has names that digital identities do not have'));
  if (expiresOn !== undefined && expiresOn < issuedOn) faults.push(fault('.expiresOn', 'is before issuedOn'));
  if (lastUsedOn !== undefined && lastUsedOn < issuedOn)
    faults.push(fault('.lastUsedOn', 'is before issuedOn'));
  if (!hasContacts) faults.push(fault('', 'needs an e-mail address and a phone that are both verified'));
  return faults;
}

const isAttributeName = (name: string): name is AttributeName =>
  (ATTRIBUTE_NAMES as readonly string[]).includes(name);

/** The last day of its document. */
export const documentOf = ({ attributes }: IdentityRecord): string => expiryOfIdCard(attributes.idCard ?? '');
