import { base32Decode } from '@sigillo/otp';
import { z } from 'zod';
import type { CommonPasswords } from '../../../factors/password/common-passwords.ts';
import { isReadableHash } from '../../../factors/password/password-hashing.ts';
import {
  minPasswordLength,
  type PasswordRefusal,
  refuseNewPassword,
} from '../../../factors/password/password-rules.ts';
import { parseEmailAddress } from '../../../platform/email-address.ts';
import { parsePhone } from '../../../platform/phone-number.ts';
import { normaliseUserId } from '../../../platform/user-id.ts';
import { faultsOfIdentity, identitySchema } from './identity-record.ts';
import type { Fault } from './read-record.ts';

/** What a record is checked against, beside its own form. */
export interface PersonRules {
  /** Countries whose mobile numbers may receive codes; ISO 3166-1 alpha-2. */
  phoneCountries: readonly string[];
  commonPasswords: CommonPasswords;
  /** Name of the installation: no password is made of it. */
  brand: string;
}

/** A record that is fit to become an account. */
export type Person = z.output<ReturnType<typeof personSchema>>;

/** Turns one record into a person, or says everything that is wrong with it. */
export type ReadPerson = (record: unknown) => { person: Person } | { faults: Fault[] };

/** In bytes. Apps hold the secrets of other systems already, some of them short; ours have 20. */
const LEAST_SEED = 10;
const MOST_SEED = 64;
/** In characters. */
const MOST_EXTERNAL_ID = 200;

const REFUSALS: Record<PasswordRefusal, string> = {
  'too-short': 'is too short: 15 characters at least, 8 beside a second factor',
  'too-long': 'is longer than 1,024 bytes',
  common: 'is one that many people use, or has leaked',
  'contains-name': 'is made of the address, the user id or the name of the installation',
};

/** Prepares the check of records, once for a whole file. What it says of faults never repeats a value. */
export function personReader(rules: PersonRules): ReadPerson {
  const schema = personSchema(rules.phoneCountries);
  return (record) => {
    const { data: person, error } = schema.safeParse(withoutNulls(record));
    const faults = error
      ? error.issues.map(({ path, message }) => ({ field: path.join('.'), reason: message }))
      : [...faultsBetweenFields(person), ...faultsOfPassword(person, rules)];
    return person && faults.length === 0 ? { person } : { faults };
  };
}

function personSchema(phoneCountries: readonly string[]) {
  const readPhone = (text: string) => {
    const phone = parsePhone(text, phoneCountries);
    return 'e164' in phone ? phone.e164 : undefined;
  };
  return z.strictObject({
    userId: read(
      normaliseUserId,
      'is not a user id: ten characters, of which the last checks the others',
    ).optional(),
    email: read(parseEmailAddress, 'is not an e-mail address'),
    emailVerified: z.boolean().default(true),
    phone: read(readPhone, 'is not a mobile number, with +, of a country that is allowed').optional(),
    phoneVerified: z.boolean().default(true),
    password: z.string().optional(),
    passwordHash: read(readHash, 'is in no format that can be verified').optional(),
    totpSecret: read(readSeed, `is not base 32 of ${LEAST_SEED} to ${MOST_SEED} bytes`).optional(),
    smsSecondFactor: z.boolean().default(false),
    language: z.enum(['it', 'en']).default('it'),
    identity: identitySchema.optional(),
    externalId: z.string().min(1).max(MOST_EXTERNAL_ID).optional(),
  });
}

/** A text that `parse` understands, as what `parse` makes of it. */
function read<T>(parse: (text: string) => T | undefined, otherwise: string) {
  return z.string().transform((text, context) => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: otherwise });
    return z.NEVER;
  });
}

const readHash = (text: string) => (isReadableHash(text) ? text : undefined);

function readSeed(text: string): Uint8Array | undefined {
  const seed = base32Decode(text);
  return seed && seed.length >= LEAST_SEED && seed.length <= MOST_SEED ? seed : undefined;
}

/** Exports of other systems write null for what is not there. */
function withoutNulls(record: unknown): unknown {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return record;
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
}

function faultsBetweenFields(person: Person): Fault[] {
  const hasPassword = person.password !== undefined || person.passwordHash !== undefined;
  const faults: (Fault | false)[] = [
    person.password !== undefined &&
      person.passwordHash !== undefined && { field: 'password', reason: 'stands beside a passwordHash' },
    !person.emailVerified &&
      !hasPassword && {
        field: 'password',
        reason: 'is needed: its owner could not choose one by an e-mail address that is not confirmed',
      },
    !person.emailVerified &&
      person.userId === undefined && {
        field: 'userId',
        reason: 'is needed: nobody signs in with an e-mail address that is not confirmed',
      },
    person.smsSecondFactor &&
      !(person.phone !== undefined && person.phoneVerified) && {
        field: 'smsSecondFactor',
        reason: 'needs a phone that is confirmed',
      },
  ];
  const own = person.identity
    ? faultsOfIdentity(
        person.identity,
        person.emailVerified && person.phone !== undefined && person.phoneVerified,
      )
    : [];
  return [...faults.filter((fault) => fault !== false), ...own];
}

/** A password in clear is held to what a new one is held to ([PW-1], [PW-3]); of a hash nothing can be said. */
function faultsOfPassword(person: Person, { commonPasswords, brand }: PersonRules): Fault[] {
  const { password, userId, email } = person;
  if (password === undefined) return [];
  const refusal = refuseNewPassword(password, {
    minLength: minPasswordLength(person.smsSecondFactor || person.totpSecret !== undefined),
    names: { email, brand, ...(userId !== undefined && { userId }) },
    common: commonPasswords,
  });
  return refusal ? [{ field: 'password', reason: REFUSALS[refusal] }] : [];
}
