import { startTemplateServer } from '../tests/setup/database.ts';
import { type DeviceApp, linkedApp } from '../tests/setup/device-app.ts';
import { timed } from '../tests/setup/latency.ts';
import { type Holder, type PopulatedInstallation, populatedInstallation } from '../tests/setup/populated.ts';
import { type CpuTime, readCpuTime } from './cpu-time.ts';

/** Somebody with an account and an app that is linked to it. */
export interface Person {
  holder: Holder;
  app: DeviceApp;
}

/** A node and its database, filled, and how much work they did. */
export interface Measured extends PopulatedInstallation {
  pid: number;
  cpu(): CpuTime;
  /** Everybody in turn, so that nobody comes again soon. */
  nextPerson(): Person;
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
 * @param folder where the database's files are made
 */
export async function measuredInstallation(people: number, folder: string): Promise<Measured> {
  const database = await startTemplateServer(folder);
  const on = await populatedInstallation(1, PRODUCTION, { limits: true, template: database.template });
  const pids = { server: on.server.process.pid ?? 0, database: database.pid ?? 0 };
  const persons = await populate(on, people);
  let next = 0;
  return {
    ...on,
    pid: pids.server,
    cpu: () => readCpuTime(pids),
    nextPerson() {
      const person = persons[next++ % persons.length];
      if (!person) throw new RangeError('nobody lives here');
      return person;
    },
    [Symbol.asyncDispose]: async () => {
      await on[Symbol.asyncDispose]();
      await database.stop();
    },
  };
}

async function populate(on: PopulatedInstallation, people: number): Promise<Person[]> {
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
