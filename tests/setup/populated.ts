import { randomBytes } from 'node:crypto';
import { timeStepAt, totpAt } from '@sigillo/otp';
import { openStores, type Stores } from '../../apps/server/src/composition/gate.ts';
import { DEFAULT_PARAMETERS, hashArgon2id } from '../../apps/server/src/factors/password/argon2id.ts';
import { readyAccount } from '../../apps/server/src/gate/ready-account.ts';
import { inTransaction } from '../../apps/server/src/platform/database/database.ts';
import { newSecret } from '../../apps/server/src/platform/ids.ts';
import { keyEncryptionKeyOf } from '../../apps/server/src/platform/keyring/kek.ts';
import { type Keyring, loadKeyring } from '../../apps/server/src/platform/keyring/keyring.ts';
import { newUserId } from '../../apps/server/src/platform/user-id.ts';
import { bulkImportStore } from '../../apps/server/src/stores/accounts/bulk-import.store.ts';
import { HttpBrowser, hooks } from './http-browser.ts';
import { type TestInstallation, testInstallation } from './server.ts';
import type { TemplateDatabase } from './template-database.ts';

/** Somebody with an account, and what only they know. */
export interface Holder {
  id: string;
  userId: string;
  email: string;
  phone: string;
  password: string;
  seed: Uint8Array;
  /** Their last authenticator code was of this time step. */
  usedStep: number;
}

/** What a holder's account starts with beside a password and a confirmed e-mail address. */
export interface Enrolled {
  totp?: boolean;
  /** Codes by SMS to a confirmed number. */
  sms?: boolean;
  /** Another hash than one of today's cost, of `PASSWORD`. */
  passwordHash?: string;
}

/** A running installation whose database tests can read, and fill with people. */
export interface PopulatedInstallation extends TestInstallation {
  dev: ReturnType<typeof hooks>;
  stores: Stores;
  keyring: Keyring;
  /** As the settings have it. */
  masterKey: string;
  /** The time that the nodes have, in Unix milliseconds. */
  nowMs(): number;
  /** Moves the clock of every node. */
  advance(seconds: number): Promise<void>;
  /** Puts the clock right. */
  resetClock(): Promise<void>;
  holder(enrolled?: Enrolled): Promise<Holder>;
  holders(count: number, enrolled?: Enrolled): Promise<Holder[]>;
  /** A browser that nobody has seen, at one of the nodes. */
  browser(node?: number, address?: string): HttpBrowser;
  /** A code of the holder's authenticator that was not used yet; waits for none, but may move the clock. */
  code(holder: Holder): Promise<string>;
}

/** What every holder chose: hashing is the cost of these tests. */
export const PASSWORD = 'correct horse battery staple';

let counter = 0;

/**
 * Starts nodes on a database of their own, limits lifted unless asked otherwise.
 *
 * @param env more settings
 */
export async function populatedInstallation(
  nodes = 1,
  env: Record<string, string> = {},
  { limits = false, template }: { limits?: boolean; template?: TemplateDatabase } = {},
): Promise<PopulatedInstallation> {
  const masterKey = randomBytes(32);
  const settings = { SIGILLO_MASTER_KEY: masterKey.toString('base64url'), ...env };
  const installation = await testInstallation(nodes, settings, template);
  const { database, server } = installation;
  const dev = hooks(server.url);
  if (!limits) await dev.liftLimits(true);
  const keyring = await loadKeyring(database.db, keyEncryptionKeyOf(masterKey), Date.now());
  const ownHash = await hashArgon2id(PASSWORD, DEFAULT_PARAMETERS);
  let offsetMs = 0;

  const populated: PopulatedInstallation = {
    ...installation,
    dev,
    keyring,
    masterKey: settings.SIGILLO_MASTER_KEY,
    stores: openStores({ keyring }),
    nowMs: () => Date.now() + offsetMs,
    advance: async (seconds) => {
      const moved = (await dev.advance(seconds)) as { offsetSeconds: number };
      offsetMs = 1000 * moved.offsetSeconds;
    },
    resetClock: async () => {
      await dev.resetClock();
      offsetMs = 0;
    },
    holder: async (enrolled) => (await populated.holders(1, enrolled))[0]!,
    async holders(count, { totp = false, sms = false, passwordHash = ownHash } = {}) {
      const made = Array.from({ length: count }, () => newHolder());
      const at = new Date(populated.nowMs());
      const accounts = made.map((one) =>
        readyAccount(
          {
            userId: one.userId,
            language: 'en',
            email: { address: one.email, confirmed: true },
            phone: sms ? { address: one.phone, confirmed: true } : null,
            passwordHash,
            totpSeed: totp ? one.seed : null,
            smsCodes: sms,
          },
          at,
        ),
      );
      await inTransaction(database.db, (tx) => bulkImportStore(keyring).insert(tx, accounts));
      return made.map((one, index) => ({ ...one, id: accounts[index]!.account.id }));
    },
    browser: (node = 0, address) =>
      new HttpBrowser(server.issuer, installation.nodes[node]!.url, address ?? newAddress()),
    async code(holder) {
      // The current step or the next: either is still good if the clock moves on before the code arrives.
      const step = Math.max(timeStepAt(populated.nowMs()), holder.usedStep + 1);
      if (step > timeStepAt(populated.nowMs()) + 1) await populated.advance(30);
      holder.usedStep = step;
      return totpAt(holder.seed, step * 30_000);
    },
  };
  return populated;
}

let shared: Promise<PopulatedInstallation> | undefined;

/**
 * Two nodes that the files of a worker share: to start them takes longer than most tests. For files whose tests see
 * only people of their own, put the clock forward by minutes, and change nothing that is everybody's, such as how the
 * installation looks. The clock is right, and no limit counts anything.
 */
export async function sharedInstallation(): Promise<PopulatedInstallation> {
  shared ??= populatedInstallation(2);
  const on = await shared;
  await on.resetClock();
  return { ...on, [Symbol.asyncDispose]: async () => undefined };
}

function newHolder(): Omit<Holder, 'id'> {
  counter += 1;
  return {
    userId: newUserId(),
    email: `holder.${counter}@example.org`,
    phone: `+3933312${String(counter).padStart(5, '0')}`,
    password: PASSWORD,
    seed: newSecret(20),
    usedStep: 0,
  };
}

let addresses = 0;

/** An address that no other browser of this test file has (198.18.0.0/15, RFC 2544). */
function newAddress(): string {
  addresses += 1;
  return `198.18.${(addresses >> 8) & 255}.${addresses & 255}`;
}
