import { IdentifierTaken, identifiersOf, type ReadyAccounts } from '../../../gate/ready-account.ts';
import type { Attributes } from '../../../identities/identity.ts';
import type { ReadyIdentities } from '../../../identities/ready-identity.ts';
import type { Db } from '../../../platform/database/database.ts';
import { newUserId } from '../../../platform/user-id.ts';
import type { Entry } from './batches.ts';
import type { Person } from './person-record.ts';
import type { Fault } from './read-record.ts';

/** A record that becomes no account: faulty, or there already. */
export interface Reject {
  line: number;
  record: number;
  outcome: 'rejected' | 'skipped';
  faults: Fault[];
}

/** Somebody who becomes an account. */
export interface Newcomer {
  line: number;
  record: number;
  person: Person;
  /** From the file, or drawn. */
  userId: string;
}

interface Candidate extends Newcomer {
  identifiers: { field: string; hash: string }[];
}

export interface SortingPorts {
  accounts: ReadyAccounts;
  identities: ReadyIdentities;
  db: Db;
}

/**
 * Tells the newcomers of a batch from faulty records and from those whose user id or e-mail address belongs
 * to an account, or to an earlier record. Whoever has no user id is given one.
 *
 * @param seen identifiers of earlier records; those of the newcomers are added
 * @throws IdentifierTaken when a user id just drawn belongs to somebody: the next draw will differ
 */
export async function sortOut(
  ports: SortingPorts,
  entries: Entry[],
  seen: Set<string>,
): Promise<{ newcomers: Newcomer[]; rejects: Reject[] }> {
  const sorted = entries.map((entry) => candidateOf(ports, entry));
  const candidates = sorted.filter((one) => 'person' in one);
  const hashes = candidates.flatMap(({ identifiers }) => identifiers.map(({ hash }) => hash));
  const taken = new Set([
    ...(await ports.accounts.taken(ports.db, hashes)),
    ...(await ports.identities.taken(ports.db, hashes)),
  ]);
  if (candidates.some((one) => isDrawnInVain(one, taken))) throw new IdentifierTaken();

  const newcomers: Newcomer[] = [];
  const rejects: Reject[] = [];
  for (const one of sorted) {
    const reject = 'person' in one ? skipped(one, taken, seen) : one;
    if (reject) rejects.push(reject);
    else if ('person' in one) newcomers.push(one);
  }
  return { newcomers, rejects };
}

function candidateOf(
  { accounts, identities }: SortingPorts,
  { line, record, read }: Entry,
): Candidate | Reject {
  if ('faults' in read) return { line, record, outcome: 'rejected', faults: read.faults };
  const { person } = read;
  const userId = person.userId ?? newUserId();
  const identifiers = identifiersOf({
    userId,
    email: { address: person.email, confirmed: person.emailVerified },
  });
  return {
    line,
    record,
    person,
    userId,
    identifiers: [
      ...identifiers.map((one) => ({
        field: one.kind === 'user-id' ? 'userId' : 'email',
        hash: accounts.hash(one),
      })),
      ...namesOf(identities, person),
    ],
  };
}

/** What makes the person's digital identity unique. */
function namesOf(identities: ReadyIdentities, { identity }: Person): Candidate['identifiers'] {
  if (!identity) return [];
  const { type, spidCode, attributes } = identity;
  const names = identities.hashes({ type, spidCode, attributes: attributes as Attributes });
  const inRecord = { spidCode: 'identity.spidCode', fiscalNumber: 'identity.attributes.fiscalNumber' };
  return names.map(({ field, hash }) => ({ field: inRecord[field], hash }));
}

function isDrawnInVain({ person, identifiers }: Candidate, taken: Set<string>): boolean {
  return (
    person.userId === undefined && identifiers.some((one) => one.field === 'userId' && taken.has(one.hash))
  );
}

/** Why a candidate is passed over; undefined, and remembered, when it is not. */
function skipped(candidate: Candidate, taken: Set<string>, seen: Set<string>): Reject | undefined {
  const { line, record, identifiers } = candidate;
  const faults = identifiers.flatMap(({ field, hash }) => {
    const whose = field.startsWith('identity.') ? 'a digital identity' : 'an account';
    if (taken.has(hash)) return [{ field, reason: `belongs to ${whose} already` }];
    return seen.has(hash) ? [{ field, reason: 'belongs to an earlier record of this file' }] : [];
  });
  if (faults.length > 0) return { line, record, outcome: 'skipped', faults };
  for (const { hash } of identifiers) seen.add(hash);
  return undefined;
}
