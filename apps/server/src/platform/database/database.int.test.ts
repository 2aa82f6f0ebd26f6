import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { connect, inTransaction } from './database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await sql`create table counter (id integer primary key, value bigint not null)`.execute(database.db);
  await sql`insert into counter values (1, 0), (2, 0)`.execute(database.db);
});

afterAll(() => database[Symbol.asyncDispose]());

test('bigint comes back as a number and a time as a Date', async () => {
  const { rows } = await sql`
    select 9007199254740991::bigint as n, '2026-01-02T03:04:05.678Z'::timestamptz as at`.execute(database.db);
  expect(rows).toEqual([{ n: Number.MAX_SAFE_INTEGER, at: new Date('2026-01-02T03:04:05.678Z') }]);
});

test('a day stays the day it is', async () => {
  const { rows } = await sql`select date '2026-03-29' as day`.execute(database.db);
  expect(rows).toEqual([{ day: '2026-03-29' }]);
});

test('a bigint that no number holds is an error, not a wrong number', async () => {
  await expect(sql`select 9007199254740993::bigint`.execute(database.db)).rejects.toThrow(RangeError);
});

test('of two transactions that block each other, the one undone runs again', async () => {
  const { db } = database;
  const add = (first: number, second: number) =>
    inTransaction(db, async (tx) => {
      await sql`update counter set value = value + 1 where id = ${first}`.execute(tx);
      await sql`select pg_sleep(0.1)`.execute(tx);
      await sql`update counter set value = value + 1 where id = ${second}`.execute(tx);
    });
  await Promise.all([add(1, 2), add(2, 1)]);
  const { rows } = await sql`select value from counter order by id`.execute(db);
  expect(rows).toEqual([{ value: 2 }, { value: 2 }]);
});

test('a conflict that never ends is given up after five retries', async () => {
  let runs = 0;
  const work = inTransaction(database.db, async (tx) => {
    runs++;
    await sql`do $$ begin raise exception 'again' using errcode = '40001'; end $$`.execute(tx);
  });
  await expect(work).rejects.toMatchObject({ code: '40001' });
  expect(runs).toBe(6);
});

test('a failure of the work is passed on at once and leaves nothing', async () => {
  let runs = 0;
  const work = inTransaction(database.db, async (tx) => {
    runs++;
    await sql`insert into counter values (3, 0)`.execute(tx);
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  const { rows } = await sql`select 1 from counter where id = 3`.execute(database.db);
  expect({ runs, rows }).toEqual({ runs: 1, rows: [] });
});

test('a connection that breaks inside a transaction fails that transaction and nothing else', async () => {
  const errors: Error[] = [];
  const db = connect(database.address, { poolSize: 1, onError: (error) => errors.push(error) });
  const broken = inTransaction(db, async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(database.db);
    await sql`select 1`.execute(tx);
  });
  await expect(broken).rejects.toThrow();
  const { rows } = await sql`select 1 as one`.execute(db);
  expect(rows).toEqual([{ one: 1 }]);
  expect(errors).not.toHaveLength(0);
  await db.destroy();
});
