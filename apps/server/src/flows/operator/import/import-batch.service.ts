import { startOfRomeDay } from '@sigillo/identity';
import { DEFAULT_PARAMETERS, unmatchableArgon2id } from '../../../factors/password/argon2id.ts';
import {
  IdentifierTaken,
  type ReadyAccount,
  type ReadyAccounts,
  readyAccount,
} from '../../../gate/ready-account.ts';
import { IdentityTaken } from '../../../identities/identities.ports.ts';
import type { Attributes, Identity } from '../../../identities/identity.ts';
import { type IdentityStart, newIdentity } from '../../../identities/new-identity.ts';
import type { ReadyIdentities } from '../../../identities/ready-identity.ts';
import type { AuditEvent } from '../../../platform/audit/audit.ts';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Db, Tx } from '../../../platform/database/database.ts';
import { StartRefused } from '../../../platform/start-refused.ts';
import type { Entry } from './batches.ts';
import { documentOf } from './identity-record.ts';
import type { ImportRuns } from './import-runs.ts';
import type { RejectsFile } from './rejects-file.ts';
import { type Newcomer, type Reject, sortOut } from './sort-out.ts';

export interface BatchPorts {
  db: Db;
  clock: Clock;
  accounts: ReadyAccounts;
  identities: ReadyIdentities;
  /** The four letters with which codes begin that are made here. */
  provider: string;
  runs: ImportRuns;
  rejects: RejectsFile;
  hashPassword(password: string): Promise<string>;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The first audit row of each account. */
  audit(tx: Tx, events: AuditEvent[]): Promise<void>;
}

/** What became of a batch, in records. */
export interface BatchOutcome {
  imported: number;
  rejected: number;
  skipped: number;
  /** Passwords in clear that were hashed. */
  hashed: number;
}

const MOST_TRIES = 5;

/**
 * Imports a batch: accounts, audit rows, and the record of how far the file has come, in one transaction.
 * When somebody registers one of the addresses at the same moment, that record is skipped.
 *
 * @throws StartRefused when another process imports the same file
 */
export async function importBatch(
  ports: BatchPorts,
  digest: Buffer,
  entries: Entry[],
): Promise<BatchOutcome> {
  for (let tries = 1; ; tries++) {
    try {
      return await tryBatch(ports, digest, entries);
    } catch (error) {
      const isTaken = error instanceof IdentifierTaken || error instanceof IdentityTaken;
      if (!isTaken || tries === MOST_TRIES) throw error;
    }
  }
}

async function tryBatch(ports: BatchPorts, digest: Buffer, entries: Entry[]): Promise<BatchOutcome> {
  const { newcomers, rejects } = await sortOut(ports, entries, new Set());
  const at = ports.clock.now();
  const made = await Promise.all(
    newcomers.map(async (newcomer) => {
      const ready = await readyAccountOf(ports, newcomer, at);
      return { newcomer, ready, identity: identityOf(ports.provider, newcomer, ready, at) };
    }),
  );
  const events = made.map((one) => eventOf(one, digest));
  const [first, last] = [entries.at(0)?.record ?? 1, entries.at(-1)?.record ?? 0];

  await ports.transaction(async (tx) => {
    const isOurs = await ports.runs.advance(tx, digest, { from: first - 1, to: last, at });
    if (!isOurs) throw new StartRefused('Another process is importing this file.');
    await ports.accounts.insert(
      tx,
      made.map(({ ready }) => ready),
    );
    await ports.identities.insert(
      tx,
      made.flatMap(({ identity }) => identity ?? []),
      at,
    );
    await ports.audit(tx, events);
    await ports.rejects.put(rejects);
  });
  ports.rejects.settle();
  return outcomeOf(newcomers, rejects);
}

/** What a batch comes to. */
export function outcomeOf(newcomers: Newcomer[], rejects: Reject[]): BatchOutcome {
  const rejected = rejects.filter(({ outcome }) => outcome === 'rejected').length;
  const hashed = newcomers.filter(({ person }) => person.password !== undefined).length;
  return { imported: newcomers.length, rejected, skipped: rejects.length - rejected, hashed };
}

async function readyAccountOf(
  ports: BatchPorts,
  { person, userId }: Newcomer,
  at: Date,
): Promise<ReadyAccount> {
  const { email, emailVerified, phone, phoneVerified, password, passwordHash, totpSecret } = person;
  return readyAccount(
    {
      userId,
      language: person.language,
      email: { address: email, confirmed: emailVerified },
      phone: phone === undefined ? null : { address: phone, confirmed: phoneVerified },
      // Without a password, one that nobody knows: the owner asks for a new one by e-mail.
      passwordHash:
        password === undefined
          ? (passwordHash ?? unmatchableArgon2id(DEFAULT_PARAMETERS))
          : await ports.hashPassword(password),
      totpSeed: totpSecret ?? null,
      smsCodes: person.smsSecondFactor,
    },
    at,
  );
}

/** The digital identity that comes with an account, as it was issued elsewhere. */
function identityOf(
  provider: string,
  { person: { identity } }: Newcomer,
  { account }: ReadyAccount,
  at: Date,
): Identity | undefined {
  if (!identity) return undefined;
  const { type, spidCode, issuedOn, expiresOn = null, lastUsedOn } = identity;
  const start: IdentityStart = {
    accountId: account.id,
    type,
    attributes: identity.attributes as Attributes,
    documentExpiresOn: documentOf(identity),
    issuedOn,
    expiresOn,
    ...(spidCode !== undefined && { spidCode }),
  };
  // Of one whose last use nobody knows, two years count from now on.
  const lastUsedAt = lastUsedOn === undefined ? at : new Date(startOfRomeDay(lastUsedOn));
  return { ...newIdentity(start, provider, at), lastUsedAt };
}

interface Made {
  newcomer: Newcomer;
  ready: ReadyAccount;
  identity: Identity | undefined;
}

function eventOf(
  { newcomer: { record, person }, ready: { account, authenticators }, identity }: Made,
  digest: Buffer,
): AuditEvent {
  return {
    type: 'account-imported',
    accountId: account.id,
    actor: 'operator',
    at: account.at,
    details: {
      file: digest.toString('hex'),
      record,
      externalId: person.externalId ?? null,
      identity: identity?.id ?? null,
      factors: authenticators.map(({ method }) => method).join(' '),
      emailConfirmed: person.emailVerified,
      phoneConfirmed: person.phone === undefined ? null : person.phoneVerified,
    },
  };
}
