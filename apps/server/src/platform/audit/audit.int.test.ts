import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { inTransaction } from '../database/database.ts';
import { newSecret, randomId } from '../ids.ts';
import { keyEncryptionKeyOf } from '../keyring/kek.ts';
import { loadKeyring, type RefreshableKeyring } from '../keyring/keyring.ts';
import { AuditBroken, readAudit, writeAudit } from './audit.ts';
import { leafOf } from './leaf.ts';

const AT = new Date('2026-06-01T10:00:00.123Z');
const kek = keyEncryptionKeyOf(newSecret());
let database: TestDatabase;
let keyring: RefreshableKeyring;

beforeAll(async () => {
  database = await testDatabase();
  keyring = await loadKeyring(database.db, kek, AT.getTime());
});
afterAll(() => database[Symbol.asyncDispose]());

function eventOf(accountId: string, method = 'totp') {
  return { type: 'signed-in' as const, accountId, actor: 'holder' as const, at: AT, details: { method } };
}

const write = (accountId: string, method?: string) =>
  inTransaction(database.db, (tx) => writeAudit(tx, keyring, eventOf(accountId, method)));

test('[AUD-1] an event is read back as it was written, and waits to be sealed', async () => {
  const accountId = randomId();
  const client = { address: '192.0.2.1', network: '192.0.2.1', userAgent: 'Firefox' };
  await inTransaction(database.db, (tx) => writeAudit(tx, keyring, { ...eventOf(accountId), client }));

  const [record, ...more] = await readAudit(database.db, keyring, accountId);
  expect(more).toEqual([]);
  expect(record).toEqual({ ...eventOf(accountId), client, id: record?.id });
  const pending = await database.db.selectFrom('audit_pending').select('id').execute();
  expect(pending.map((row) => row.id)).toContain(record?.id);
});

test('the leaf is recomputed from the row alone, and the body shows nothing', async () => {
  const accountId = randomId();
  await write(accountId, 'a-word-to-look-for');
  const row = await database.db
    .selectFrom('audit')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  expect(leafOf(row)).toEqual(row.leaf);
  expect(row.body.includes('a-word-to-look-for')).toBe(false);
});

test('a row changed in any column is noticed', async () => {
  for (const change of [
    { at: new Date(AT.getTime() + 1) },
    { body: Buffer.alloc(64) },
    { leaf: Buffer.alloc(32) },
  ]) {
    const accountId = randomId();
    await write(accountId);
    await database.db.updateTable('audit').set(change).where('account_id', '=', accountId).execute();
    await expect(readAudit(database.db, keyring, accountId)).rejects.toThrow(AuditBroken);
  }
});

test('sixteen first events of an account at once share one key', async () => {
  const accountId = randomId();
  await Promise.all(Array.from({ length: 16 }, () => write(accountId)));
  expect(await readAudit(database.db, keyring, accountId)).toHaveLength(16);
});

test('a key whose transaction was rolled back is not used again', async () => {
  const accountId = randomId();
  const failing = inTransaction(database.db, async (tx) => {
    await writeAudit(tx, keyring, eventOf(accountId));
    throw new Error('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  expect(await readAudit(database.db, keyring, accountId)).toEqual([]);

  await write(accountId);
  const otherNode = await loadKeyring(database.db, kek, AT.getTime());
  expect(await readAudit(database.db, otherNode, accountId)).toHaveLength(1);
});

test('once an account key is destroyed, its bodies are unreadable and its leaves stay', async () => {
  const accountId = randomId();
  await write(accountId);
  await database.db.deleteFrom('audit_key').where('account_id', '=', accountId).execute();
  await expect(readAudit(database.db, keyring, accountId)).rejects.toThrow(AuditBroken);
});

test.each(['audit', 'audit_pending', 'audit_key'])(
  '[AUD-1] when %s cannot be written, the whole transaction fails',
  async (table) => {
    await using blocked = await testDatabase();
    const blockedKeyring = await loadKeyring(blocked.db, kek, AT.getTime());
    await sql`alter table ${sql.table(table)} rename to out_of_reach`.execute(blocked.db);
    const operation = inTransaction(blocked.db, async (tx) => {
      await tx.insertInto('rate_limit').values({ key: 'operation', window_start: AT, count: 1 }).execute();
      await writeAudit(tx, blockedKeyring, eventOf(randomId()));
    });
    await expect(operation).rejects.toThrow();
    expect(await blocked.db.selectFrom('rate_limit').selectAll().execute()).toEqual([]);
  },
);

test('[AUD-1] an audit table that is locked ends the operation, not the audit', async () => {
  await using locked = await testDatabase();
  const lockedKeyring = await loadKeyring(locked.db, kek, AT.getTime());
  await locked.db.transaction().execute(async (holder) => {
    await sql`lock table audit in access exclusive mode`.execute(holder);
    const operation = inTransaction(locked.db, async (tx) => {
      await sql`set local lock_timeout = '200ms'`.execute(tx);
      await tx.insertInto('rate_limit').values({ key: 'operation', window_start: AT, count: 1 }).execute();
      await writeAudit(tx, lockedKeyring, eventOf(randomId()));
    });
    await expect(operation).rejects.toThrow(/lock timeout/);
  });
  expect(await locked.db.selectFrom('rate_limit').selectAll().execute()).toEqual([]);
});
