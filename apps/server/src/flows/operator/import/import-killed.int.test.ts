import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base32Encode } from '@sigillo/otp';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomFrom } from '../../../../../../tests/setup/random.ts';
import { type TestDatabase, testDatabase } from '../../../../../../tests/setup/test-database.ts';
import { unmatchableArgon2id } from '../../../factors/password/argon2id.ts';
import { newSecret } from '../../../platform/ids.ts';
import { keyEncryptionKeyOf } from '../../../platform/keyring/kek.ts';
import { loadKeyring } from '../../../platform/keyring/keyring.ts';

const KILLS = 20;
/** Where the moments are drawn from; follows the speed of the machine, so that kills fall around batches. */
const FIRST_LATEST_KILL_MS = 600;
const RECORDS = 6_000;
const FIXTURE = join(import.meta.dirname, 'import-killed.fixture.ts');

let database: TestDatabase;
let folder: string;
const masterKey = newSecret();
beforeAll(async () => {
  database = await testDatabase();
  await loadKeyring(database.db, keyEncryptionKeyOf(masterKey), Date.now());
  folder = await mkdtemp(join(tmpdir(), 'sigillo-killed-'));
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Rows that the first so many records of a file have to have made. */
interface Rows {
  account: number;
  identifier: number;
  contact: number;
  authenticator: number;
  audit_key: number;
  audit: number;
  audit_pending: number;
}
const NO_ROWS: Rows = {
  account: 0,
  identifier: 0,
  contact: 0,
  authenticator: 0,
  audit_key: 0,
  audit: 0,
  audit_pending: 0,
};

const add = (a: Rows, b: Rows): Rows =>
  Object.fromEntries(
    Object.keys(NO_ROWS).map((key) => [key, a[key as keyof Rows] + b[key as keyof Rows]]),
  ) as unknown as Rows;

/** A record of the file: some are faulty, some repeat an earlier one, some have second factors. */
function recordOf(
  file: number,
  n: number,
  passwordHash: string,
): { json: string; rows: Rows; isReject: boolean } {
  const isFaulty = n % 50 === 7;
  const isRepeated = n % 75 === 74;
  const hasTotp = n % 2 === 0;
  const hasSms = n % 4 === 0;
  const json = JSON.stringify({
    email: isFaulty ? 'no address' : `person-${file}-${isRepeated ? n - 1 : n}@example.org`,
    passwordHash,
    ...(hasTotp && { totpSecret: base32Encode(newSecret(20)) }),
    ...(hasSms && { phone: `+39333${String(n).padStart(7, '0')}`, smsSecondFactor: true }),
  });
  // The record before a repeated one is never faulty: 73 and 7 differ modulo 25.
  if (isFaulty || isRepeated) return { json, rows: NO_ROWS, isReject: true };
  const one = { account: 1, identifier: 2, audit_key: 1, audit: 1, audit_pending: 1 };
  const rows = { ...one, contact: hasSms ? 2 : 1, authenticator: 1 + Number(hasTotp) + Number(hasSms) };
  return { json, rows, isReject: false };
}

/** Starts an import and kills it at a moment; true when it was over before. */
async function importUntil(file: string, killAfterMs: number): Promise<boolean> {
  const input = JSON.stringify({ address: database.address, masterKey: masterKey.toString('hex'), file });
  const child: ChildProcess = spawn(process.execPath, [FIXTURE, input], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr?.on('data', (piece) => {
    errors += piece;
  });
  const ended = once(child, 'close');
  const isReady = await Promise.race([once(child.stdout!, 'data'), ended.then(() => undefined)]);
  const timer = isReady && setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const [code, signal] = await ended;
  clearTimeout(timer);
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(errors);
  return code === 0;
}

/** All counts at one moment, and how far the newest file is said to have come. */
async function snapshot(): Promise<{ rows: Rows; records: number }> {
  const counts = Object.keys(NO_ROWS).map(
    (table) => sql`(select count(*) from ${sql.table(table)}) as ${sql.ref(table)}`,
  );
  const { rows } = await sql<Rows & { records: number }>`
    select ${sql.join(counts)}, (select coalesce(sum(records), 0)::bigint from import_run) as records`.execute(
    database.db,
  );
  const { records, ...counted } = rows[0] ?? { ...NO_ROWS, records: 0 };
  return { rows: counted, records };
}

test(`[AVL-2] an import killed at ${KILLS} random moments makes every account once, and is never half done`, {
  timeout: 600_000,
}, async () => {
  const seed = Number(process.env.SIGILLO_TEST_SEED ?? newSecret(4).readUInt32BE());
  console.log(`SIGILLO_TEST_SEED=${seed}`);
  const random = randomFrom(seed);
  const hash = unmatchableArgon2id({ memoryKib: 19_456, passes: 2, lanes: 1 });
  const expected = [NO_ROWS];
  let kills = 0;
  let standing = { rows: NO_ROWS, records: 0 };
  let killsInside = 0;
  let latestKillMs = FIRST_LATEST_KILL_MS;

  for (let n = 1; kills < KILLS; n++) {
    const file = join(folder, `people-${n}.jsonl`);
    const records = Array.from({ length: RECORDS }, (_, index) => recordOf(n, index + 1, hash));
    await writeFile(file, records.map(({ json }) => `${json}\n`).join(''));
    for (const { rows } of records) expected.push(add(expected.at(-1) ?? NO_ROWS, rows));

    for (let isOver = false; !isOver; ) {
      const before = standing.records;
      isOver = await importUntil(file, kills < KILLS ? random() * latestKillMs : 2 ** 30);
      standing = await snapshot();
      expect(standing.rows, `after ${kills} kills`).toEqual(expected[standing.records]);
      if (isOver) continue;
      kills += 1;
      const hasMoved = standing.records > before;
      if (hasMoved) killsInside += 1;
      latestKillMs *= hasMoved ? 0.8 : 1.1;
    }
    expect(standing.records).toBe(n * RECORDS);
    const rejects = (await readFile(`${file}.rejects.jsonl`, 'utf8')).trimEnd().split('\n');
    const listed = rejects.map((line) => JSON.parse(line).record);
    expect(listed).toEqual(records.flatMap(({ isReject }, index) => (isReject ? [index + 1] : [])));
  }
  console.log(`${kills} kills, ${killsInside} of them after some batches, ${standing.records} records`);
  expect(killsInside).toBeGreaterThan(0);
});
