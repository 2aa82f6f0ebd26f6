import type { Duplex } from 'node:stream';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { boundedPool } from './bounded-pool.ts';
import { DatabaseUnavailable } from './database-unavailable.ts';
import type { Lent } from './lending.ts';

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = new pg.Pool({ ...database.address, max: 1, pipeline: true });
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
});
afterAll(async () => {
  await pool.end();
  await database[Symbol.asyncDispose]();
});

/** What a system reports when the other side is killed. */
const reset = () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
const breakOff = ({ stream }: Lent) => (stream as Duplex).destroy(reset());
const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => error,
  );

test('[AVL-3] whatever was asked of a connection that breaks is told that the database is unavailable', async () => {
  const lender = boundedPool(pool, 5_000);
  const lent = await lender.connect();
  const asked = [lent.query('begin'), lent.query('select pg_sleep(5)'), lent.query('commit')].map(outcomeOf);
  breakOff(lent);
  for (const outcome of await Promise.all(asked)) expect(outcome).toBeInstanceOf(DatabaseUnavailable);
  expect(await outcomeOf(lent.query('select 1'))).toBeInstanceOf(DatabaseUnavailable);
  lent.release(true);

  const next = await lender.connect();
  expect((await next.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  next.release();
});

test('what a statement did wrong is its own error', async () => {
  const lent = await boundedPool(pool, 5_000).connect();
  expect(await outcomeOf(lent.query('select 1/0'))).toMatchObject({ code: '22012' });
  lent.release();
});
