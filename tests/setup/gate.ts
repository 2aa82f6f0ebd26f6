import { randomBytes } from 'node:crypto';
import { buildGate, openStores, queueOn, type Stores } from '../../apps/server/src/composition/gate.ts';
import { spendingFor } from '../../apps/server/src/composition/messages.ts';
import type { Platform } from '../../apps/server/src/composition/platform.ts';
import { DEFAULT_PARAMETERS } from '../../apps/server/src/factors/password/argon2id.ts';
import {
  createHasher,
  type PasswordHasher,
} from '../../apps/server/src/factors/password/password-hashing.ts';
import type { Presenter } from '../../apps/server/src/gate/model.ts';
import type { Gate } from '../../apps/server/src/gate/ports.ts';
import { type Clock, fixedClock } from '../../apps/server/src/platform/clock/clock.ts';
import { loadConfig } from '../../apps/server/src/platform/config/config.ts';
import { inSingleStatements, inTransaction } from '../../apps/server/src/platform/database/database.ts';
import { waitersHere } from '../../apps/server/src/platform/events/events.ts';
import { newSecret, randomId } from '../../apps/server/src/platform/ids.ts';
import { keyEncryptionKeyOf } from '../../apps/server/src/platform/keyring/kek.ts';
import { loadKeyring } from '../../apps/server/src/platform/keyring/keyring.ts';
import { openLog } from '../../apps/server/src/platform/log/log.ts';
import type { SmsSpending } from '../../apps/server/src/platform/messages/spending/sms-spending.ts';
import { unwatched } from '../../apps/server/src/platform/metrics/unwatched.fixture.ts';
import { newUserId } from '../../apps/server/src/platform/user-id.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';

/** A gate on a database of its own, with the real factors, a clock that the test moves, and no limits. */
export interface TestGate {
  gate: Gate;
  stores: Stores;
  platform: Platform;
  database: TestDatabase;
  clock: Clock & { advance(ms: number): void };
  hasher: PasswordHasher;
  spending: SmsSpending;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Limits that never refuse: what is tested here is counted elsewhere. */
const NO_LIMITS = { take: () => undefined };

export async function testGate(startMs = Date.UTC(2026, 5, 1)): Promise<TestGate> {
  const database = await testDatabase();
  const { db, address } = database;
  const clock = fixedClock(startMs);
  const keyring = await loadKeyring(db, keyEncryptionKeyOf(randomBytes(32)), startMs);
  const config = loadConfig({ SIGILLO_PROFILE: 'test' });
  const log = openLog('silent');
  const transaction: Platform['transaction'] = (work) => inTransaction(db, work);
  const single: Platform['single'] = (work) => inSingleStatements(db, work);
  const platform = {
    config,
    db,
    address,
    keyring,
    clock,
    log,
    ...unwatched(),
    transaction,
    single,
    close: async () => undefined,
  };
  const stores = openStores(platform);
  const hasher = createHasher({ parameters: DEFAULT_PARAMETERS, concurrency: 2, queueLength: 1000 });
  const queue = queueOn(platform);
  const events = waitersHere();
  const spending = spendingFor(platform);
  const gate = buildGate({
    platform,
    stores,
    limits: NO_LIMITS,
    events,
    hasher,
    queue,
    spending,
    brand: { name: 'Sigillo' },
  });
  return {
    gate,
    stores,
    platform,
    database,
    clock,
    hasher,
    spending,
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

/** A browser, as the gate sees it. */
export function browser(more: Partial<Presenter> = {}): Presenter {
  return {
    kind: 'browser',
    bindingHash: newSecret(),
    client: { address: '192.0.2.7', network: '192.0.2.7', userAgent: 'Test browser' },
    recognisedHash: null,
    ...more,
  };
}

export interface TestAccount {
  id: string;
  userId: string;
  email: string;
  emailContact: string;
  phone: string;
  phoneContact: string;
  password: string;
  passwordId: string;
  totpId: string;
  seed: Uint8Array;
  smsId: string;
}

interface Wanted {
  totp?: boolean;
  sms?: boolean;
  phone?: boolean;
}

let counter = 0;

/** An account as registration makes it, with the second factors a test asks for. */
export async function testAccount(
  { gate, stores, hasher }: TestGate,
  wanted: Wanted = {},
): Promise<TestAccount> {
  counter += 1;
  const at = gate.clock.now();
  const id = randomId();
  const account: TestAccount = {
    id,
    userId: newUserId(),
    email: `holder${counter}@example.org`,
    emailContact: randomId(),
    phone: `+3933312${String(counter).padStart(5, '0')}`,
    phoneContact: randomId(),
    password: 'correct horse battery staple',
    passwordId: randomId(),
    totpId: randomId(),
    seed: newSecret(20),
    smsId: randomId(),
  };
  const phc = await hasher.hash(account.password);
  const phoneChannel = randomId();
  const base = { state: 'active' as const, bindingLevel: 2 as const, keyProtection: 'software' as const };
  const factor = { ...base, contactId: null, secret: null, label: '', at, expiresAt: null };
  await gate.transaction(async (tx) => {
    await stores.accounts.create(tx, { id, userId: account.userId, language: 'en', at });
    await stores.identifiers.claim(tx, { kind: 'user-id', value: account.userId }, id);
    await stores.identifiers.claim(tx, { kind: 'email', value: account.email }, id);
    const email = { id: account.emailContact, kind: 'email' as const, channelId: randomId() };
    await stores.contacts.insert(tx, id, { ...email, address: account.email, verifiedAt: at }, at);
    if (wanted.phone || wanted.sms) {
      const phone = { id: account.phoneContact, kind: 'phone' as const, channelId: phoneChannel };
      await stores.contacts.insert(tx, id, { ...phone, address: account.phone, verifiedAt: at }, at);
    }
    const password = { ...factor, id: account.passwordId, method: 'password', channelId: account.passwordId };
    await stores.authenticators.insert(tx, id, { ...password, bindingLevel: 3, secret: phc });
    if (wanted.totp) {
      const totp = { ...factor, id: account.totpId, method: 'totp', channelId: randomId() };
      await stores.authenticators.insert(tx, id, { ...totp, secret: account.seed });
    }
    if (wanted.sms) {
      const sms = { ...factor, id: account.smsId, method: 'sms-code', channelId: phoneChannel };
      await stores.authenticators.insert(tx, id, { ...sms, contactId: account.phoneContact });
    }
  });
  return account;
}

/** The account as the gate loads it. */
export async function load({ gate }: Pick<TestGate, 'gate'>, id: string) {
  const prover = await gate.transaction((tx) => gate.accounts.load(tx, id));
  if (!prover) throw new Error('no such account');
  return prover;
}
