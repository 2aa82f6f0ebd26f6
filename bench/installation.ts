import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consentStore } from '../apps/server/src/stores/oidc/consent.store.ts';
import { startTemplateServer } from '../tests/setup/database.ts';
import { type DeviceApp, linkedApp } from '../tests/setup/device-app.ts';
import { timed } from '../tests/setup/latency.ts';
import { type Holder, type PopulatedInstallation, populatedInstallation } from '../tests/setup/populated.ts';
import { type CpuTime, readCpuTime } from './cpu-time.ts';
import { RELYING_PARTY } from './relying-party.ts';

/** Somebody with an account and an app that is linked to it. */
export interface Person {
  holder: Holder;
  app: DeviceApp;
}

/** A node and its database, filled, and how much work they did. */
export interface Measured extends PopulatedInstallation {
  pid: number;
  cpu(): CpuTime;
  /** Everybody with an app in turn, so that nobody comes again soon. */
  nextPerson(): Person;
  /** The same of those who have a password alone, and of those who have an authenticator app's codes too. */
  nextPlain(): Holder;
  nextTotp(): Holder;
}

/**
 * A node as it runs in production. It listens on loopback without TLS, which a proxy would end, and sends nothing:
 * no sign-in here causes a message.
 */
const PRODUCTION = {
  SIGILLO_PROFILE: 'production',
  SIGILLO_SMTP_URL: 'smtp://127.0.0.1:9',
  SIGILLO_SMTP_FROM: 'bench@example.org',
  SIGILLO_SMS_ENABLED: 'false',
  SIGILLO_DRAIN_SECONDS: '0',
};

/**
 * Starts a node on a PostgreSQL of its own, and fills it with people. Limits and audit are on: every browser and every
 * app has an address of its own, as people have.
 *
 * @param people how many of each kind
 * @param folder where the database's files are made
 */
export async function measuredInstallation(people: number, folder: string): Promise<Measured> {
  const database = await startTemplateServer(folder);
  const files = await mkdtemp(join(tmpdir(), 'sigillo-bench-'));
  const clients = join(files, 'clients.json');
  await writeFile(clients, JSON.stringify([RELYING_PARTY]));
  const settings = { ...PRODUCTION, SIGILLO_CLIENTS_FILE: clients };
  const on = await populatedInstallation(1, settings, { limits: true, template: database.template });
  const pids = { server: on.server.process.pid ?? 0, database: database.pid ?? 0 };
  return {
    ...on,
    pid: pids.server,
    cpu: () => readCpuTime(pids),
    nextPerson: inTurn(await linkedPeople(on, people)),
    nextPlain: inTurn(await consenting(on, people, false)),
    nextTotp: inTurn(await consenting(on, people, true)),
    [Symbol.asyncDispose]: async () => {
      await on[Symbol.asyncDispose]();
      await database.stop();
      await rm(files, { recursive: true });
    },
  };
}

function inTurn<T>(all: readonly T[]): () => T {
  let next = 0;
  return () => {
    const one = all[next++ % all.length];
    if (one === undefined) throw new RangeError('nobody lives here');
    return one;
  };
}

async function linkedPeople(on: PopulatedInstallation, people: number): Promise<Person[]> {
  const holders = await on.holders(people);
  const persons: Person[] = [];
  await timed(people, 8, async (nth) => {
    const holder = holders[nth]!;
    const app = await linkedApp(on, holder);
    // 198.51.0.0/16: never a browser's, which have 198.18.0.0/15.
    persons[nth] = { holder, app: { ...app, address: `198.51.${(nth >> 8) & 255}.${nth & 255}` } };
  });
  return persons;
}

/** People who have allowed the relying party what it asks for, as everybody but newcomers has. */
async function consenting(on: PopulatedInstallation, people: number, totp: boolean): Promise<Holder[]> {
  const holders = await on.holders(people, { totp });
  const { clientId, scopes } = RELYING_PARTY;
  const at = new Date();
  await on.database.db.transaction().execute(async (tx) => {
    for (const { id } of holders) await consentStore.allow(tx, id, clientId, scopes, at);
  });
  return holders;
}
