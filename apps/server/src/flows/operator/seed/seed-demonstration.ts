import { otpauthUri } from '@sigillo/otp';
import type { Argon2Parameters } from '../../../factors/password/argon2id.ts';
import { createHasher, type PasswordHasher } from '../../../factors/password/password-hashing.ts';
import { IdentifierTaken, readyAccount } from '../../../gate/ready-account.ts';
import { writeFirstEvents } from '../../../platform/audit/first-events.ts';
import type { Clock } from '../../../platform/clock/clock.ts';
import { type Db, inTransaction } from '../../../platform/database/database.ts';
import type { Keyring } from '../../../platform/keyring/keyring.ts';
import { StartRefused } from '../../../platform/start-refused.ts';
import { newUserId } from '../../../platform/user-id.ts';
import { accountStore } from '../../../stores/accounts/account.store.ts';
import { bulkImportStore } from '../../../stores/accounts/bulk-import.store.ts';
import { identifierStore } from '../../../stores/accounts/identifier.store.ts';
import { DEMONSTRATION_PEOPLE, type DemonstrationPerson } from './demonstration-people.ts';
import { seedIdentity } from './seed-identity.ts';

export interface SeedSurroundings {
  config: {
    profile: 'production' | 'development' | 'test';
    passwords: Argon2Parameters;
    identities: { provider: string };
  };
  db: Db;
  keyring: Keyring;
  clock: Clock;
}

/** What somebody who tries the product is told of an account. */
export interface SeededPerson {
  email: string;
  userId: string;
  password: string;
  /** In words. */
  secondFactor: string;
  /** The otpauth address behind the QR code of an authenticator app, where there is one. */
  keyUri: string | null;
}

/**
 * Makes the demonstration accounts that are not there yet; leaves those that are as they have become.
 *
 * @param serviceName what authenticator apps show
 * @throws StartRefused in production: everybody knows these passwords
 */
export async function seedDemonstration(
  surroundings: SeedSurroundings,
  serviceName = 'Sigillo',
): Promise<SeededPerson[]> {
  const { profile, passwords } = surroundings.config;
  if (profile === 'production')
    throw new StartRefused(
      'Everybody knows the passwords of demonstration accounts: there are none in production.',
    );
  const hasher = createHasher({ parameters: passwords, concurrency: 1, queueLength: 1 });
  const seeded: SeededPerson[] = [];
  for (const person of DEMONSTRATION_PEOPLE) {
    const { accountId, userId } = await ensureAccount(surroundings, hasher, person);
    await seedIdentity(surroundings, person.email, accountId);
    seeded.push(describe(person, userId, serviceName));
  }
  return seeded;
}

/** The account that has this address, made when there is none. Two nodes may do so at once. */
async function ensureAccount(
  surroundings: SeedSurroundings,
  hasher: PasswordHasher,
  person: DemonstrationPerson,
): Promise<Known> {
  // Whoever has the person's user id may have another address by now: then another user id is drawn.
  for (let { userId } = person; ; userId = newUserId()) {
    const known = await findAccount(surroundings, person.email);
    if (known !== undefined) return known;
    try {
      await createAccount(surroundings, hasher, { ...person, userId });
    } catch (error) {
      if (!(error instanceof IdentifierTaken)) throw error;
    }
  }
}

interface Known {
  accountId: string;
  userId: string;
}

async function findAccount({ db, keyring }: SeedSurroundings, email: string): Promise<Known | undefined> {
  const identifiers = identifierStore(keyring);
  return inTransaction(db, async (tx) => {
    const hmac = identifiers.hash(email);
    const accountId = hmac && (await identifiers.find(tx, hmac));
    const userId = accountId && (await accountStore(keyring).load(tx, accountId))?.userId;
    return accountId && userId ? { accountId, userId } : undefined;
  });
}

async function createAccount(
  { db, keyring, clock }: SeedSurroundings,
  hasher: PasswordHasher,
  { email, password, ...rest }: DemonstrationPerson,
): Promise<void> {
  const passwordHash = await hasher.hash(password);
  const start = {
    ...rest,
    language: 'it' as const,
    email: { address: email, confirmed: true },
    passwordHash,
  };
  const ready = readyAccount(start, clock.now());
  await inTransaction(db, async (tx) => {
    await bulkImportStore(keyring).insert(tx, [ready]);
    const { id: accountId, at } = ready.account;
    const details = { demonstration: true };
    await writeFirstEvents(tx, keyring, [
      { type: 'account-seeded', accountId, actor: 'system', at, details },
    ]);
  });
}

function describe(
  { email, password, phone, totpSeed }: DemonstrationPerson,
  userId: string,
  serviceName: string,
): SeededPerson {
  const person = { email, userId, password };
  if (totpSeed) {
    const keyUri = otpauthUri({ issuer: serviceName, account: email, seed: totpSeed });
    return { ...person, secondFactor: 'authenticator app', keyUri };
  }
  const secondFactor = phone ? `SMS to ${phone.address}` : 'none';
  return { ...person, secondFactor, keyUri: null };
}
