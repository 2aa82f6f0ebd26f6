import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { inTransaction } from '../database/database.ts';
import { newSecret, randomId } from '../ids.ts';
import { keyEncryptionKeyOf } from '../keyring/kek.ts';
import { type Keyring, loadKeyring } from '../keyring/keyring.ts';
import { readAudit, writeAudit } from './audit.ts';
import { writeFirstEvents } from './first-events.ts';

const AT = new Date('2026-06-01T10:00:00.123Z');
let database: TestDatabase;
let keyring: Keyring;

beforeAll(async () => {
  database = await testDatabase();
  keyring = await loadKeyring(database.db, keyEncryptionKeyOf(newSecret()), AT.getTime());
});
afterAll(() => database[Symbol.asyncDispose]());

const eventOf = (accountId: string, record: number) => ({
  type: 'account-imported' as const,
  accountId,
  actor: 'system' as const,
  at: AT,
  details: { record },
});

test('[AUD-1] the first events of many accounts are read back, each under its own key, and wait to be sealed', async () => {
  const accounts = Array.from({ length: 500 }, randomId);
  const events = accounts.map(eventOf);
  await inTransaction(database.db, (tx) => writeFirstEvents(tx, keyring, events));

  const pending = await database.db.selectFrom('audit_pending').select('id').execute();
  const waiting = new Set(pending.map(({ id }) => id));
  for (const event of events.slice(0, 20)) {
    const [record] = await readAudit(database.db, keyring, event.accountId);
    expect(record).toEqual({ ...event, id: record?.id });
    expect(waiting.has(record?.id ?? '')).toBe(true);
  }
  expect(waiting.size).toBe(500);
});

test('later events of the same accounts follow', async () => {
  const accountId = randomId();
  await inTransaction(database.db, (tx) => writeFirstEvents(tx, keyring, [eventOf(accountId, 1)]));
  await inTransaction(database.db, (tx) => writeAudit(tx, keyring, eventOf(accountId, 2)));
  expect(await readAudit(database.db, keyring, accountId)).toHaveLength(2);
});

test('[AUD-1] an account that is not new makes the whole transaction fail', async () => {
  const [fresh, known] = [randomId(), randomId()];
  await inTransaction(database.db, (tx) => writeAudit(tx, keyring, eventOf(known, 1)));
  const events = [eventOf(fresh, 2), eventOf(known, 3)];
  await expect(inTransaction(database.db, (tx) => writeFirstEvents(tx, keyring, events))).rejects.toThrow();
  expect(await readAudit(database.db, keyring, fresh)).toEqual([]);
});

test('[AUD-3] a detail that sounds like a secret is refused, and nothing is written', async () => {
  const accountId = randomId();
  const details: Record<string, string> = { passwordHash: 'x' };
  const events = [{ ...eventOf(accountId, 1), details }];
  await expect(inTransaction(database.db, (tx) => writeFirstEvents(tx, keyring, events))).rejects.toThrow(
    TypeError,
  );
  expect(await readAudit(database.db, keyring, accountId)).toEqual([]);
});
