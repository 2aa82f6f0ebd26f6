import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { connect, type Db, inSingleStatements, inTransaction, openTransaction } from './database.ts';

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await testDatabase();
  db = connect(database.address, { poolSize: 1, onError: () => undefined });
  await sql`create table pile (nth int primary key, at int)`.execute(db);
});
afterAll(async () => {
  await db.destroy();
  await database[Symbol.asyncDispose]();
});

const add = (to: Db, nth: number) => sql`insert into pile (nth) values (${nth})`.execute(to);
const all = async () => (await sql<{ nth: number }>`select nth from pile order by nth`.execute(db)).rows;
const empty = () => sql`truncate pile`.execute(db);

test('statements given at once are carried out in that order, in one transaction', async () => {
  await empty();
  const [, , counted] = await inTransaction(db, (tx) =>
    Promise.all([
      add(tx, 1),
      add(tx, 2),
      sql<{ n: number }>`select count(*)::int as n from pile`.execute(tx),
      sql`update pile set nth = nth + 10 where nth = ${1}`.execute(tx),
      add(tx, 1),
    ]),
  );
  expect(counted.rows).toEqual([{ n: 2 }]);
  expect(await all()).toEqual([{ nth: 1 }, { nth: 2 }, { nth: 11 }]);
});

test('when one of them fails all are undone, and the connection goes on', async () => {
  await empty();
  await add(db, 1);
  const work = inTransaction(db, (tx) => Promise.all([add(tx, 2), add(tx, 1), add(tx, 3)]));
  await expect(work).rejects.toMatchObject({ code: '23505' });
  expect(await all()).toEqual([{ nth: 1 }]);
});

test('nothing is sent in a transaction that is over, not even by whoever was about to', async () => {
  await empty();
  await add(db, 1);
  let late: Promise<unknown> = Promise.resolve();
  const work = inTransaction(db, (tx) => {
    late = add(tx, 2).then(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return add(tx, 3);
    });
    late.catch(() => undefined);
    return Promise.all([late, add(tx, 1)]);
  });
  await expect(work).rejects.toMatchObject({ code: '23505' });
  await expect(late).rejects.toThrow('over');
  expect(await all()).toEqual([{ nth: 1 }]);
});

test('a commit of what an error undid is no commit', async () => {
  await empty();
  const { tx, commit } = await openTransaction(db);
  await add(tx, 1);
  await add(tx, 1).catch(() => undefined);
  await expect(commit()).rejects.toThrow('undone');
  expect(await all()).toEqual([]);
});

test('a statement is prepared once a connection, and planned anew when a migration outdates it', async () => {
  await empty();
  const read = () => inSingleStatements(db, (tx) => sql`select * from pile where nth >= ${0}`.execute(tx));
  const prepared = async () =>
    (
      await sql<{ n: number }>`select count(*)::int as n from pg_prepared_statements
        where statement like 'select * from pile%'`.execute(db)
    ).rows[0]?.n;
  await add(db, 1);
  await read();
  await read();
  expect(await prepared()).toBe(1);
  await sql`alter table pile add column more int default 5`.execute(db);
  expect((await read()).rows).toEqual([{ nth: 1, at: null, more: 5 }]);
});

test('outdated once, outdated nowhere: connections that prepared it too do not fail again', async () => {
  const many = connect(database.address, { poolSize: 8, onError: () => undefined });
  await sql`create table heap (nth int)`.execute(db);
  const slowly = () =>
    sql`select *, pg_sleep(0.05) from heap right join (values (1)) v on ${1} = 1`.execute(many);
  const all = () => Promise.all(Array.from({ length: 8 }, slowly));
  await all();
  await sql`alter table heap add column more int`.execute(db);
  await expect(slowly()).rejects.toMatchObject({ code: '0A000' });
  await expect(all()).resolves.toHaveLength(8);
  await many.destroy();
});

test('several statements without parameters are sent as one', async () => {
  await sql.raw('create table one (a int); create table two (a int)').execute(db);
  expect((await sql`select * from one, two`.execute(db)).rows).toEqual([]);
});
