/**
 * Measures the import of people, on an embedded database in a temporary folder that is removed afterwards:
 *
 *   node scripts/measure-import.ts [people, 100000 by default]
 *
 * Every person has a password hash; every other one an authenticator app, every fourth SMS codes. The figures in
 * docs/operations/import.md come from it.
 */
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { base32Encode, newSeed } from '@sigillo/otp';
import { sql } from 'kysely';
import { DEFAULT_PARAMETERS } from '../apps/server/src/factors/password/argon2id.ts';
import { createHasher } from '../apps/server/src/factors/password/password-hashing.ts';
import { importPeople } from '../apps/server/src/flows/operator/import/import.command.ts';
import { progressLog, summaryLine } from '../apps/server/src/flows/operator/import/progress-log.ts';
import { systemClock } from '../apps/server/src/platform/clock/clock.ts';
import { connect, type Db } from '../apps/server/src/platform/database/database.ts';
import { startEmbeddedDatabase } from '../apps/server/src/platform/database/embedded/embedded-database.ts';
import { migrate } from '../apps/server/src/platform/database/migrate.ts';
import { newSecret } from '../apps/server/src/platform/ids.ts';
import { keyEncryptionKeyOf } from '../apps/server/src/platform/keyring/kek.ts';
import { loadKeyring } from '../apps/server/src/platform/keyring/keyring.ts';

const people = Number(process.argv[2] ?? 100_000);
const hasher = createHasher({ parameters: DEFAULT_PARAMETERS, concurrency: 2, queueLength: 100 });
const folder = await mkdtemp(join(tmpdir(), 'sigillo-measure-'));
await chmod(folder, 0o711); // root's PostgreSQL runs as another account, which must get in

try {
  const file = join(folder, 'people.jsonl');
  await pipeline(lines(await hasher.hash('a passphrase of everybody')), createWriteStream(file));
  console.log(`${people} people, ${megabytes((await stat(file)).size)}`);
  await measure(file);
} finally {
  await rm(folder, { recursive: true });
}

function* lines(passwordHash: string): Generator<string> {
  for (let n = 1; n <= people; n++) {
    const person = {
      email: `person-${n}@example.org`,
      passwordHash,
      externalId: `crm-${n}`,
      ...(n % 2 === 0 && { totpSecret: base32Encode(newSeed()) }),
      ...(n % 4 === 0 && { phone: `+39333${String(n).padStart(7, '0')}`, smsSecondFactor: true }),
    };
    yield `${JSON.stringify(person)}\n`;
  }
}

async function measure(file: string): Promise<void> {
  const server = await startEmbeddedDatabase({ dataDirectory: join(folder, 'data'), log: console.log });
  const db = connect(server.address, { poolSize: 4, onError: () => undefined });
  try {
    await migrate(db, systemClock.nowMs());
    const keyring = await loadKeyring(db, keyEncryptionKeyOf(newSecret()), systemClock.nowMs());
    const settings = { allowedPhoneCountries: ['IT'], serviceName: 'Sigillo', identityProvider: 'SIGL' };
    const onProgress = progressLog(systemClock, console.log);

    const start = process.hrtime.bigint();
    const result = await importPeople(
      { db, keyring, clock: systemClock, hasher, settings },
      { file, onProgress },
    );
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    console.log(summaryLine(result, file, false));
    console.log(`${seconds.toFixed(1)} s, ${(people / seconds).toFixed(0)} a second`);
    const { user, system } = process.cpuUsage();
    console.log(`Processor time of this process: ${((user + system) / 1e6).toFixed(1)} s`);
    console.log(`Peak memory of this process: ${megabytes(process.resourceUsage().maxRSS * 1024)}`);
    console.log(`The database is ${megabytes(await databaseSize(db))}`);
  } finally {
    await db.destroy();
    await server.stop();
  }
}

async function databaseSize(db: Db): Promise<number> {
  const { rows } = await sql<{ size: number }>`select pg_database_size(current_database()) as size`.execute(
    db,
  );
  return rows[0]?.size ?? 0;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
