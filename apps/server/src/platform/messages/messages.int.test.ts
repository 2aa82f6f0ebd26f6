import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { inTransaction } from '../database/database.ts';
import { newSecret } from '../ids.ts';
import { keyEncryptionKeyOf } from '../keyring/kek.ts';
import { type Keyring, loadKeyring } from '../keyring/keyring.ts';
import { type Message, queueMessage } from './messages.ts';
import { openMessage } from './sealed-message.ts';

const NOW_MS = Date.UTC(2026, 5, 1);
const code: Message = {
  channel: 'sms',
  template: 'code',
  to: '+393331234567',
  language: 'it',
  params: { code: '048213', minutes: '5', action: 'sign-in', service: 'Sigillo' },
};

let database: TestDatabase;
let keyring: Keyring;
beforeAll(async () => {
  database = await testDatabase();
  keyring = await loadKeyring(database.db, keyEncryptionKeyOf(newSecret()), NOW_MS);
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(() => sql`truncate outbox, outbox_pending`.execute(database.db));

const queue = (message: Message) =>
  inTransaction(database.db, (tx) => queueMessage(tx, keyring, NOW_MS, message));
const rows = () => database.db.selectFrom('outbox').selectAll().execute();
const pending = () => database.db.selectFrom('outbox_pending').selectAll().execute();

test('[CRY-3] no column of a queued message shows its code, its recipient or its key', async () => {
  await queue({ ...code, dedupeKey: 'code for +393331234567' });
  const stored = [...(await rows()), ...(await pending())];
  for (const value of stored.flatMap((row) => Object.values(row))) {
    const text = Buffer.isBuffer(value) ? value.toString('latin1') : String(value);
    expect(text).not.toMatch(/048213|3331234567|sign-in/);
  }
});

test('[CRY-3] a queued message opens in its own row only', async () => {
  const [first, second] = [await queue(code), await queue({ ...code, to: '+393337654321' })];
  const [one, other] = await database.db.selectFrom('outbox').selectAll().orderBy('id').execute();
  const content_sealed = one?.content_sealed ?? Buffer.alloc(0);
  const recipient_sealed = one?.recipient_sealed ?? Buffer.alloc(0);
  expect(openMessage(keyring, { id: first, recipient_sealed, content_sealed })).toEqual({
    to: code.to,
    content: { template: 'code', params: code.params },
  });
  expect(other?.id).toBe(second);
  expect(() => openMessage(keyring, { id: second, recipient_sealed, content_sealed })).toThrow();
});

test('a caller that rolls back queues nothing', async () => {
  const work = inTransaction(database.db, async (tx) => {
    await queueMessage(tx, keyring, NOW_MS, code);
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  expect(await rows()).toEqual([]);
  expect(await pending()).toEqual([]);
});

test('a message that could never be written is refused where it is caused', async () => {
  await expect(queue({ ...code, template: 'nothing' })).rejects.toThrow('no sms message nothing');
  await expect(queue({ ...code, params: { code: '048213' } })).rejects.toThrow(
    'needs minutes, action, service',
  );
  expect(await pending()).toEqual([]);
});

test('of 16 messages with one key at once, one is queued; each caller learns its id', async () => {
  const ids = await Promise.all(
    Array.from({ length: 16 }, () => queue({ ...code, dedupeKey: 'challenge 1' })),
  );
  const stored = await rows();
  expect(stored).toHaveLength(1);
  expect(new Set(ids)).toEqual(new Set([stored[0]?.id]));
  expect(await pending()).toHaveLength(1);
});

test('a key is free again once its message is no longer waiting, and another key never matters', async () => {
  const first = await queue({ ...code, dedupeKey: 'challenge 1' });
  expect(await queue({ ...code, dedupeKey: 'challenge 2' })).not.toBe(first);
  await database.db.deleteFrom('outbox_pending').where('id', '=', first).execute();
  expect(await queue({ ...code, dedupeKey: 'challenge 1' })).not.toBe(first);
});

test('a message is kept as long as its channel is worth it, or as its caller says', async () => {
  await queue(code);
  await queue({ ...code, lifetimeSeconds: 300 });
  const lifetimes = (await rows()).map((row) => row.expires_at.getTime() - NOW_MS);
  expect(lifetimes.sort()).toEqual([300_000, 600_000]);
});

test('no index stands on a column that changes while a message waits', async () => {
  const { rows: indexes } = await sql<{ indexdef: string }>`
    select indexdef from pg_indexes where tablename like 'outbox%'`.execute(database.db);
  expect(indexes.length).toBeGreaterThan(0);
  for (const { indexdef } of indexes)
    expect(indexdef).not.toMatch(/due_at|leased_until|state|attempts|sent_at/);
});
