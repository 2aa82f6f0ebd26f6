import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { inTransaction, type Tx } from '../../platform/database/database.ts';
import { newSecret, randomId } from '../../platform/ids.ts';
import { emergencyLinkStore as links } from './emergency-link.store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const inTx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(database.db, work);
const AT = new Date('2026-06-01T10:00:00Z');

test('[SPID-IDL-6] what finds an account proves nothing: the row of the account counts, and there is one', async () => {
  const accountId = randomId();
  const [first, second] = [newSecret(), newSecret()].map((one) => Buffer.from(one)) as [Buffer, Buffer];
  await inTx((tx) => links.replace(tx, accountId, first, AT));
  expect(await inTx((tx) => links.find(tx, first))).toBe(accountId);
  await inTx((tx) => links.replace(tx, accountId, second, AT));
  await database.db
    .insertInto('emergency_lookup')
    .values({ secret_hmac: first, account_id: accountId })
    .execute();
  expect(await inTx((tx) => links.find(tx, first))).toBe(undefined);
  expect(await inTx((tx) => links.find(tx, second))).toBe(accountId);
  expect(await inTx((tx) => links.withdraw(tx, accountId))).toBe(true);
  expect(await inTx((tx) => links.find(tx, second))).toBe(undefined);
  const left = await database.db.selectFrom('emergency_lookup').selectAll().execute();
  expect(left).toEqual([]);
});
