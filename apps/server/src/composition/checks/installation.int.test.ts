import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SOURCES } from '../../../../../tests/setup/program.ts';
import { COMPILED, freePort, urlOf } from '../../../../../tests/setup/server.ts';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { keyEncryptionKeyOf } from '../../platform/keyring/kek.ts';
import { loadKeyring } from '../../platform/keyring/keyring.ts';
import type { Finding } from './finding.ts';
import { checkInstallation } from './installation.ts';

const DEMONSTRATION = join(import.meta.dirname, '../../../../demo/relying-parties.json');

let database: TestDatabase;
let folder: string;
let good: Record<string, string>;
beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'sigillo-check-'));
  const keyFile = join(folder, 'master.key');
  await writeFile(keyFile, randomBytes(32).toString('base64url'), { mode: 0o600 });
  good = {
    SIGILLO_ISSUER: 'https://id.example.org',
    SIGILLO_PORT: String(await freePort()),
    SIGILLO_MASTER_KEY_FILE: keyFile,
    SIGILLO_DATA_DIRECTORY: join(folder, 'data'),
    SIGILLO_SMTP_URL: 'smtps://sender:canary-1@mail.example.org',
    SIGILLO_SMTP_FROM: 'id@example.org',
    SIGILLO_SMS_URL: 'https://sms.example.org/send?to={{to}}&text={{text}}&key=canary-2',
    SIGILLO_TRUSTED_PROXIES: '10.0.0.1',
    SIGILLO_AUDIT_CHECKPOINT_FILE: join(folder, 'checkpoints.txt'),
    DATABASE_URL: urlOf(database.address),
  };
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const found = async (change: Record<string, string>, state: Finding['state']) => {
  const findings = await checkInstallation({ ...good, ...change });
  return findings.filter((one) => one.state === state).map(({ subject, says }) => `${subject}: ${says}`);
};

test('[SUP-1] what is fit for production has no fault and no warning, and nothing is changed', async () => {
  const before = (await readdir(folder)).toSorted();
  const findings = await checkInstallation(good);
  expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
  const subjects = [
    'Settings',
    'Master key',
    'Brand',
    'E-mail',
    'SMS',
    'Database',
    'Migrations',
    'Data keys',
  ];
  expect(findings.map(({ subject }) => subject)).toEqual(expect.arrayContaining(subjects));
  expect((await readdir(folder)).toSorted()).toEqual(before);
});

test('[SUP-1] every fault is told at once, of settings, files and database alike', async () => {
  const openKey = join(folder, 'open.key');
  await writeFile(openKey, randomBytes(32).toString('base64url'));
  await chmod(openKey, 0o644);
  const brand = join(folder, 'brand.json');
  await writeFile(brand, '{');
  const faults = await found(
    {
      SIGILLO_SESSION_SECONDS: 'canary-3',
      SIGILLO_DEVELOPMENT_HOOKS: 'true',
      SIGILLO_MASTER_KEY_FILE: openKey,
      SIGILLO_BRAND_FILE: brand,
      SIGILLO_CLIENTS_FILE: DEMONSTRATION,
      DATABASE_URL: urlOf({ ...database.address, database: 'nobody_made_it' }),
      SIGILLO_HOST: '192.0.2.1',
    },
    'fault',
  );
  const told = [
    /^Settings: SIGILLO_SESSION_SECONDS .* has to be/,
    /^Settings: SIGILLO_DEVELOPMENT_HOOKS is refused in production/,
    /^Master key: .*chmod 600/,
    /^Brand: SIGILLO_BRAND_FILE: .* is not JSON/,
    /^Relying parties: .*customer-care.* everybody knows/,
    /^Database: .*no database of this name/,
    /^Port \d+: this machine has no address/,
  ];
  expect(faults).toHaveLength(told.length);
  for (const [index, words] of told.entries()) expect(faults[index]).toMatch(words);
});

test('what hangs on a setting that is at fault is not told twice', async () => {
  const faults = await found({ SIGILLO_MASTER_KEY_FILE: '', SIGILLO_ISSUER: '' }, 'fault');
  expect(faults).toHaveLength(2);
});

test('a database that is behind is said to be so, and stays as it is', async () => {
  await using empty = await testDatabase();
  await sql`drop schema public cascade`.execute(empty.db);
  await sql`create schema public`.execute(empty.db);
  const findings = await checkInstallation({ ...good, DATABASE_URL: urlOf(empty.address) });
  expect(findings.find(({ subject }) => subject === 'Migrations')?.says).toMatch(/^[1-9]\d* are applied/);
  const { rows } = await sql`select from pg_class where relname = 'schema_migration'`.execute(empty.db);
  expect(rows).toEqual([]);
});

test('a migration that was changed, or the master key of another database, is a fault', async () => {
  await using other = await testDatabase();
  await loadKeyring(other.db, keyEncryptionKeyOf(randomBytes(32)), Date.UTC(2026, 5, 1));
  await sql`update schema_migration set checksum = 'other' where name like '0001%'`.execute(other.db);
  const faults = await found({ DATABASE_URL: urlOf(other.address) }, 'fault');
  expect(faults).toEqual([
    expect.stringMatching(/^Migrations: 0001_core.sql changed/),
    expect.stringMatching(/^Data keys: .*Give the right one/),
  ]);
});

test('a port that is taken, and a name that is no setting, are warned of', async () => {
  const busy = createServer().listen(0, 'localhost');
  await once(busy, 'listening');
  const address = busy.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const warnings = await found({ SIGILLO_PORT: port, SIGILLO_PROT: '1' }, 'warning');
  expect(warnings).toEqual([
    'Settings: SIGILLO_PROT is no setting: a misspelling?',
    expect.stringContaining('taken'),
  ]);
  busy.close();
});

async function command(
  env: Record<string, string>,
  ...args: string[]
): Promise<{ code: number; text: string }> {
  const all = { PATH: process.env.PATH, ...COMPILED, ...good, ...env };
  return promisify(execFile)(process.execPath, [SOURCES, 'config', 'check', ...args], { env: all }).then(
    ({ stdout, stderr }) => ({ code: 0, text: stdout + stderr }),
    ({ code, stdout, stderr }) => ({ code, text: stdout + stderr }),
  );
}

test('sigillo config check answers people and programs, by its exit code too, and repeats no secret', async () => {
  const [fit, unfit] = await Promise.all([
    command({}),
    command({ SIGILLO_SMTP_FROM: 'canary-4', SIGILLO_SMS_URL: 'canary-5' }, '--json'),
  ]);
  expect(fit.code).toBe(0);
  expect(fit.text).toMatch(/^ok {7}Settings .*\n[\s\S]*\n0 faults, 0 warnings\. The server can start\.\n$/);
  expect(unfit.code).toBe(1);
  const { ok, findings } = JSON.parse(unfit.text);
  expect([ok, findings.filter(({ state }: Finding) => state === 'fault').length]).toEqual([false, 2]);
  expect(fit.text + unfit.text).not.toContain('canary');
});

test('[SUP-1] a start tells every file that cannot be used, before it opens the database', async () => {
  const clients = join(folder, 'clients.json');
  await mkdir(join(folder, 'data'), { recursive: true });
  await writeFile(clients, '[{}]');
  const env = { PATH: process.env.PATH, ...COMPILED, ...good };
  const broken = { SIGILLO_BRAND_FILE: '/nowhere.json', SIGILLO_CLIENTS_FILE: clients };
  const start = promisify(execFile)(process.execPath, [SOURCES, 'serve'], { env: { ...env, ...broken } });
  await expect(start).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/BRAND_FILE[\s\S]*clients file/),
  });
});
