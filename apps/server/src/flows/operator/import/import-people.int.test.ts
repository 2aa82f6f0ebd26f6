import { createHash, pbkdf2Sync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base32Encode, totpAt } from '@sigillo/otp';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browser, load, type TestGate, testAccount, testGate } from '../../../../../../tests/setup/gate.ts';
import { admitSession } from '../../../gate/admit.ts';
import { challenge } from '../../../gate/challenge.ts';
import { prove } from '../../../gate/prove.ts';
import { readAudit } from '../../../platform/audit/audit.ts';
import { Problem } from '../../../platform/http/problems.ts';
import { newSecret } from '../../../platform/ids.ts';
import { StartRefused } from '../../../platform/start-refused.ts';
import { newUserId } from '../../../platform/user-id.ts';
import { signInWithPassword } from '../../sign-in/sign-in/sign-in.service.ts';
import { type ImportPeopleOptions, importPeople } from './import.command.ts';

const PASSPHRASE = 'correct horse battery staple';
const settings = { allowedPhoneCountries: ['IT'], serviceName: 'Sigillo' };

let t: TestGate;
let folder: string;
let files = 0;
beforeAll(async () => {
  t = await testGate();
  folder = await mkdtemp(join(tmpdir(), 'sigillo-import-'));
});
afterAll(async () => {
  await t[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function fileOf(content: string | object[]): Promise<string> {
  const file = join(folder, `people-${++files}.json`);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const run = (file: string, more: Partial<ImportPeopleOptions> = {}) =>
  importPeople({ ...t.platform, hasher: t.hasher, settings }, { file, ...more });
const importOf = async (content: string | object[]) => run(await fileOf(content));

async function rejectsOf(file: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(`${file}.rejects.jsonl`, 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

async function countAccounts(): Promise<number> {
  const { n } = await t.platform.db
    .selectFrom('account')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return n;
}

const nobodyWaits = {
  find: async () => undefined,
  finishSignIn: async () => '/',
  finishConsent: async () => '/',
};

/** The password, as the sign-in page sends it. */
const givePassword = (identifier: string, password: string, me = browser()) =>
  signInWithPassword(
    { gate: t.gate, identifiers: t.stores.identifiers, interactions: nobodyWaits },
    { uid: undefined, identifier, password },
    me,
  );

async function signsIn(identifier: string, password: string): Promise<string> {
  const me = browser();
  const scene = await givePassword(identifier, password, me);
  const { session } = await admitSession(t.gate, scene, me);
  return session.accountId;
}

let people = 0;
const somebody = <More extends object>(more?: More) => ({
  email: `somebody-${++people}@example.org`,
  ...(more as More),
});
let readyHash: string;
beforeAll(async () => {
  readyHash = await t.hasher.hash(PASSPHRASE);
});

test('a password in clear signs in, by address and by user id', async () => {
  const person = somebody({ userId: newUserId(), password: PASSPHRASE });
  expect(await importOf([person])).toMatchObject({ imported: 1, hashed: 1, rejected: 0, skipped: 0 });
  const accountId = await signsIn(person.email.toUpperCase(), PASSPHRASE);
  expect(await signsIn(person.userId, PASSPHRASE)).toBe(accountId);
  await expect(givePassword(person.email, 'another passphrase')).rejects.toMatchObject({
    slug: 'sign-in-refused',
  });
});

test('[PW-4] a hash of another system signs in once as it is, and is our own afterwards', async () => {
  const derived = pbkdf2Sync(PASSPHRASE, 'salt', 1000, 32, 'sha256').toString('base64');
  const person = somebody({ passwordHash: `pbkdf2_sha256$1000$salt$${derived}` });
  await importOf([person]);
  const accountId = await signsIn(person.email, PASSPHRASE);
  const prover = await load(t, accountId);
  const id = prover.authenticators[0]?.id ?? '';
  const stored = await t.gate.transaction((tx) => t.stores.authenticators.secret(tx, accountId, id));
  expect(stored?.toString()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await signsIn(person.email, PASSPHRASE)).toBe(accountId);
});

test('[OTP-2] the secret of an authenticator app is asked for, and its codes work once', async () => {
  const seed = newSecret(20);
  const person = somebody({ passwordHash: readyHash, totpSecret: base32Encode(seed) });
  await importOf([person]);
  const code = await totpAt(seed, t.clock.nowMs());
  const signInWith = async () => {
    const me = browser();
    const scene = await givePassword(person.email, PASSPHRASE, me);
    await expect(admitSession(t.gate, scene, me)).rejects.toMatchObject({ slug: 'proof-missing' });
    const target = scene.prover.authenticators.find(({ method }) => method === 'totp')?.id ?? null;
    const ask = { slot: 'second', method: 'totp', target };
    const after = await prove(t.gate, { scene, ask, challengeId: null, response: { code }, presenter: me });
    return admitSession(t.gate, after, me);
  };
  await expect(signInWith()).resolves.toHaveProperty('token');
  await expect(signInWith()).rejects.toMatchObject({ slug: 'code-rejected' });
});

test('codes by SMS go to the imported phone', async () => {
  const person = somebody({ passwordHash: readyHash, phone: '+39 333 765 4321', smsSecondFactor: true });
  await importOf([person]);
  const me = browser();
  const scene = await givePassword(person.email, PASSPHRASE, me);
  const target = scene.prover.authenticators.find(({ method }) => method === 'sms-code')?.id ?? null;
  await challenge(t.gate, scene, { slot: 'second', method: 'sms-code', target }, me);
  const sent = await t.platform.db
    .selectFrom('outbox')
    .selectAll()
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  const place = { table: 'outbox', row: sent.id, column: 'recipient_sealed' };
  expect(t.platform.keyring.openText(sent.recipient_sealed, place)).toBe('+393337654321');
});

test('an account is what registration and setting up its factors would have made', async () => {
  const made = await load(t, (await testAccount(t, { totp: true, sms: true })).id);
  const person = somebody({
    passwordHash: readyHash,
    language: 'en',
    phone: '+393331112222',
    totpSecret: base32Encode(newSecret(20)),
    smsSecondFactor: true,
  });
  await importOf([person]);
  const imported = (await givePassword(person.email, PASSPHRASE)).prover;

  const shapeOf = (prover: typeof made) => {
    const channels = prover.contacts.map(({ channelId }) => channelId);
    return {
      ...prover,
      id: '',
      userId: '',
      contacts: prover.contacts.map(({ kind, verifiedAt }) => [kind, verifiedAt]).sort(),
      authenticators: prover.authenticators
        .map((one) => [
          one.method,
          one.bindingLevel,
          one.label,
          one.channelId === one.id,
          channels.includes(one.channelId),
          prover.contacts.some(({ id }) => id === one.contactId),
        ])
        .sort(),
    };
  };
  expect(shapeOf(imported)).toEqual(shapeOf(made));
  const rows = await t.platform.db
    .selectFrom('authenticator')
    .select(['type', 'state', 'key_protection', 'generation', 'used_step', 'backup_eligible', 'expires_at'])
    .where('account_id', 'in', [made.id, imported.id])
    .distinct()
    .execute();
  const protection = Object.fromEntries(rows.map((row) => [row.type, row.key_protection]));
  expect(protection).toMatchObject({ totp: 'software', 'sms-code': 'software' });
});

test('[CRY-3] no column shows an address, a secret or a hash', async () => {
  const seed = base32Encode(Buffer.from('canary-canary-canary'));
  const person = {
    email: 'canary@example.org',
    phone: '+393339998877',
    totpSecret: seed,
    passwordHash: readyHash,
  };
  await importOf([{ ...person, externalId: 'canary-77' }]);
  const tables = [
    'account',
    'identifier',
    'contact',
    'authenticator',
    'audit',
    'audit_key',
    'import_run',
  ] as const;
  for (const table of tables) {
    const { rows } = await sql<{
      row: string;
    }>`select ${sql.table(table)}::text as row from ${sql.table(table)}`.execute(t.platform.db);
    const text = rows.map(({ row }) =>
      row.replace(/\\\\x([0-9a-f]+)/g, (_, hex) => Buffer.from(hex, 'hex').toString('latin1')),
    );
    expect(text.join('\n'), table).not.toMatch(/canary|3339998877|argon2id/);
  }
});

test('without a password, one that nobody knows, to be replaced by e-mail', async () => {
  const person = somebody();
  expect(await importOf([person])).toMatchObject({ imported: 1 });
  await expect(givePassword(person.email, '')).rejects.toMatchObject({ slug: 'sign-in-refused' });
  const hmac = t.stores.identifiers.hash(person.email) ?? Buffer.alloc(0);
  const accountId = await t.gate.transaction((tx) => t.stores.identifiers.find(tx, hmac));
  expect((await load(t, accountId ?? '')).authenticators.map(({ method }) => method)).toEqual(['password']);
});

test('an address that is not confirmed signs nobody in and reserves nothing', async () => {
  const email = 'unconfirmed@example.org';
  const userId = newUserId();
  await importOf([{ email, userId, emailVerified: false, passwordHash: readyHash }]);
  await expect(givePassword(email, PASSPHRASE)).rejects.toBeInstanceOf(Problem);
  await signsIn(userId, PASSPHRASE);
  expect(await importOf([{ email, passwordHash: readyHash }])).toMatchObject({ imported: 1 });
});

test('[AUD-1] every account has its audit row, with where it came from', async () => {
  const person = somebody({ passwordHash: readyHash, externalId: 'crm-4711' });
  const file = await fileOf([somebody({ passwordHash: readyHash }), person]);
  await run(file);
  const accountId = await signsIn(person.email, PASSPHRASE);
  const digest = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  const [record] = await readAudit(t.platform.db, t.platform.keyring, accountId);
  expect(record).toMatchObject({
    type: 'account-imported',
    actor: 'operator',
    details: { file: digest, record: 2, externalId: 'crm-4711', factors: 'password', emailConfirmed: true },
  });
});

test('[AUD-1] when the audit cannot be written, nothing is imported, and later everything', async () => {
  const before = await countAccounts();
  const file = await fileOf([somebody({ passwordHash: readyHash })]);
  await sql`alter table audit rename to audit_away`.execute(t.platform.db);
  try {
    await expect(run(file)).rejects.toThrow(/audit/);
  } finally {
    await sql`alter table audit_away rename to audit`.execute(t.platform.db);
  }
  expect(await countAccounts()).toBe(before);
  expect(await run(file)).toMatchObject({ imported: 1, doneBefore: 0 });
});

test('faulty and known records are listed with line, field and reason; the others are imported', async () => {
  const known = await testAccount(t);
  const good = somebody({ passwordHash: readyHash });
  const file = await fileOf(
    [
      JSON.stringify(good),
      '{"email": "broken@example.org", "password": "secret-canary',
      JSON.stringify({ email: known.email.toUpperCase(), passwordHash: readyHash }),
      '',
      JSON.stringify(somebody({ userId: known.userId, passwordHash: readyHash })),
      JSON.stringify({ ...good, email: good.email.toUpperCase() }),
      JSON.stringify(somebody({ password: 'password' })),
      JSON.stringify(somebody({ passwordHash: readyHash })),
    ].join('\n'),
  );
  expect(await run(file)).toMatchObject({ records: 7, imported: 2, skipped: 3, rejected: 2 });
  const taken = 'belongs to an account already';
  expect(await rejectsOf(file)).toEqual([
    { line: 2, record: 2, outcome: 'rejected', faults: [{ field: '', reason: 'is not JSON in UTF-8' }] },
    { line: 3, record: 3, outcome: 'skipped', faults: [{ field: 'email', reason: taken }] },
    { line: 5, record: 4, outcome: 'skipped', faults: [{ field: 'userId', reason: taken }] },
    {
      line: 6,
      record: 5,
      outcome: 'skipped',
      faults: [{ field: 'email', reason: 'belongs to an earlier record of this file' }],
    },
    { line: 7, record: 6, outcome: 'rejected', faults: [{ field: 'password', reason: expect.any(String) }] },
  ]);
});

test('the same file again changes nothing; a file that was mended imports what was left', async () => {
  const good = [somebody({ passwordHash: readyHash }), somebody({ passwordHash: readyHash })];
  const bad = somebody({ passwordHash: 'unreadable' });
  const file = await fileOf([...good, bad]);
  await run(file);
  expect(await run(file)).toMatchObject({ records: 3, doneBefore: 3, imported: 0, rejected: 0 });
  expect(await rejectsOf(file)).toHaveLength(1);

  await writeFile(file, JSON.stringify([...good, { ...bad, passwordHash: readyHash }]));
  expect(await run(file)).toMatchObject({ doneBefore: 0, imported: 1, skipped: 2, rejected: 0 });
});

test('a dry run finds what an import would find, and writes nothing', async () => {
  const twice = somebody({ passwordHash: readyHash });
  const many = Array.from({ length: 1500 }, () => somebody({ passwordHash: readyHash }));
  const file = await fileOf([twice, ...many, twice, { email: 'nobody' }]);
  const before = await countAccounts();
  const outcome = { imported: 1501, skipped: 1, rejected: 1 };
  expect(await run(file, { dryRun: true })).toMatchObject(outcome);
  expect(await countAccounts()).toBe(before);
  const found = await readFile(`${file}.dry-run.jsonl`, 'utf8');
  expect(await run(file)).toMatchObject({ ...outcome, doneBefore: 0 });
  expect(await countAccounts()).toBe(before + 1501);
  expect((await rejectsOf(file)).map(({ record }) => record)).toEqual(
    found
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).record),
  );
});

test('[AVL-1] of four imports of one file at once, one goes to the end, and every account comes to be once', async () => {
  const before = await countAccounts();
  const file = await fileOf(Array.from({ length: 3000 }, () => somebody({ passwordHash: readyHash })));
  const runs = await Promise.allSettled(
    [1, 2, 3, 4].map((n) => run(file, { rejectsFile: `${file}.${n}.jsonl` })),
  );
  const reasons = runs.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  expect(reasons).toHaveLength(3);
  for (const reason of reasons) expect(reason).toContain('Another process is importing this file');
  expect(await countAccounts()).toBe(before + 3000);
});

test('two files with the same people at once make every account once', async () => {
  const before = await countAccounts();
  const crowd = Array.from({ length: 2000 }, () => somebody({ passwordHash: readyHash }));
  const files = [await fileOf(crowd), await fileOf(crowd.toReversed())];
  const results = await Promise.all(files.map((file) => run(file)));
  expect(await countAccounts()).toBe(before + 2000);
  expect(results.reduce((sum, { imported }) => sum + imported, 0)).toBe(2000);
  expect(results.reduce((sum, { skipped }) => sum + skipped, 0)).toBe(2000);
});

test.each([
  ['is cut off', '[{"email":"first@example.org"},{"email":"second@example.org"}', /is it whole/],
  ['is empty', ' ', /holds no records/],
])('a file that %s is refused before anything is imported', async (_, content, message) => {
  const before = await countAccounts();
  const work = importOf(content);
  await expect(work).rejects.toThrow(message);
  await expect(work).rejects.toBeInstanceOf(StartRefused);
  expect(await countAccounts()).toBe(before);
});

test('a file that is not there, or would be overwritten, is refused in a sentence', async () => {
  await expect(run(join(folder, 'nothing'))).rejects.toBeInstanceOf(StartRefused);
  const file = await fileOf([somebody({ passwordHash: readyHash })]);
  await expect(run(file, { rejectsFile: file })).rejects.toBeInstanceOf(StartRefused);
});
