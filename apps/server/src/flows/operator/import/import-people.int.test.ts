import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testAccount } from '../../../../../../tests/setup/gate.ts';
import { PASSPHRASE, somebody, type TestImport, testImport } from '../../../../../../tests/setup/import.ts';
import { readAudit } from '../../../platform/audit/audit.ts';
import { StartRefused } from '../../../platform/start-refused.ts';

let t: TestImport;
beforeAll(async () => {
  t = await testImport();
});
afterAll(() => t[Symbol.asyncDispose]());

test('[AUD-1] every account has its audit row, with where it came from', async () => {
  const person = somebody({ passwordHash: t.readyHash, externalId: 'crm-4711' });
  const file = await t.fileOf([somebody({ passwordHash: t.readyHash }), person]);
  await t.run(file);
  const accountId = await t.signsIn(person.email, PASSPHRASE);
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
  const before = await t.countAccounts();
  const file = await t.fileOf([somebody({ passwordHash: t.readyHash })]);
  await sql`alter table audit rename to audit_away`.execute(t.platform.db);
  try {
    await expect(t.run(file)).rejects.toThrow(/audit/);
  } finally {
    await sql`alter table audit_away rename to audit`.execute(t.platform.db);
  }
  expect(await t.countAccounts()).toBe(before);
  expect(await t.run(file)).toMatchObject({ imported: 1, doneBefore: 0 });
});

test('faulty and known records are listed with line, field and reason; the others are imported', async () => {
  const known = await testAccount(t);
  const good = somebody({ passwordHash: t.readyHash });
  const file = await t.fileOf(
    [
      JSON.stringify(good),
      '{"email": "broken@example.org", "password": "secret-canary',
      JSON.stringify({ email: known.email.toUpperCase(), passwordHash: t.readyHash }),
      '',
      JSON.stringify(somebody({ userId: known.userId, passwordHash: t.readyHash })),
      JSON.stringify({ ...good, email: good.email.toUpperCase() }),
      JSON.stringify(somebody({ password: 'password' })),
      JSON.stringify(somebody({ passwordHash: t.readyHash })),
    ].join('\n'),
  );
  expect(await t.run(file)).toMatchObject({ records: 7, imported: 2, skipped: 3, rejected: 2 });
  const taken = 'belongs to an account already';
  expect(await t.rejectsOf(file)).toEqual([
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
  const good = [somebody({ passwordHash: t.readyHash }), somebody({ passwordHash: t.readyHash })];
  const bad = somebody({ passwordHash: 'unreadable' });
  const file = await t.fileOf([...good, bad]);
  await t.run(file);
  expect(await t.run(file)).toMatchObject({ records: 3, doneBefore: 3, imported: 0, rejected: 0 });
  expect(await t.rejectsOf(file)).toHaveLength(1);

  await writeFile(file, JSON.stringify([...good, { ...bad, passwordHash: t.readyHash }]));
  expect(await t.run(file)).toMatchObject({ doneBefore: 0, imported: 1, skipped: 2, rejected: 0 });
});

test('a dry run finds what an import would find, and writes nothing', async () => {
  const twice = somebody({ passwordHash: t.readyHash });
  const many = Array.from({ length: 1500 }, () => somebody({ passwordHash: t.readyHash }));
  const file = await t.fileOf([twice, ...many, twice, { email: 'nobody' }]);
  const before = await t.countAccounts();
  const outcome = { imported: 1501, skipped: 1, rejected: 1 };
  expect(await t.run(file, { dryRun: true })).toMatchObject(outcome);
  expect(await t.countAccounts()).toBe(before);
  const found = await readFile(`${file}.dry-run.jsonl`, 'utf8');
  expect(await t.run(file)).toMatchObject({ ...outcome, doneBefore: 0 });
  expect(await t.countAccounts()).toBe(before + 1501);
  expect((await t.rejectsOf(file)).map(({ record }) => record)).toEqual(
    found
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).record),
  );
});

test('[AVL-1] of four imports of one file at once, one goes to the end, and every account comes to be once', async () => {
  const before = await t.countAccounts();
  const file = await t.fileOf(Array.from({ length: 3000 }, () => somebody({ passwordHash: t.readyHash })));
  const runs = await Promise.allSettled(
    [1, 2, 3, 4].map((n) => t.run(file, { rejectsFile: `${file}.${n}.jsonl` })),
  );
  const reasons = runs.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  expect(reasons).toHaveLength(3);
  for (const reason of reasons) expect(reason).toContain('Another process is importing this file');
  expect(await t.countAccounts()).toBe(before + 3000);
});

test('two files with the same people at once make every account once', async () => {
  const before = await t.countAccounts();
  const crowd = Array.from({ length: 2000 }, () => somebody({ passwordHash: t.readyHash }));
  const files = [await t.fileOf(crowd), await t.fileOf(crowd.toReversed())];
  const results = await Promise.all(files.map((file) => t.run(file)));
  expect(await t.countAccounts()).toBe(before + 2000);
  expect(results.reduce((sum, { imported }) => sum + imported, 0)).toBe(2000);
  expect(results.reduce((sum, { skipped }) => sum + skipped, 0)).toBe(2000);
});

test.each([
  ['is cut off', '[{"email":"first@example.org"},{"email":"second@example.org"}', /is it whole/],
  ['is empty', ' ', /holds no records/],
])('a file that %s is refused before anything is imported', async (_, content, message) => {
  const before = await t.countAccounts();
  const work = t.importOf(content);
  await expect(work).rejects.toThrow(message);
  await expect(work).rejects.toBeInstanceOf(StartRefused);
  expect(await t.countAccounts()).toBe(before);
});

test('a file that cannot be read, overwritten or written is refused in a sentence', async () => {
  await expect(t.run(join(t.folder, 'nothing'))).rejects.toBeInstanceOf(StartRefused);
  const file = await t.fileOf([somebody({ passwordHash: t.readyHash })]);
  for (const rejectsFile of [file, join(t.folder, 'nothing', 'rejects')])
    await expect(t.run(file, { rejectsFile })).rejects.toBeInstanceOf(StartRefused);
});
