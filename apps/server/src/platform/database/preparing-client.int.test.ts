import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { connect, type Db, inSingleStatements, inTransaction } from './database.ts';

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await testDatabase();
  db = connect(database.address, { poolSize: 1, prepares: true, onError: () => undefined });
  await sql`create table changing (id integer primary key, name text)`.execute(db);
  await sql`insert into changing values (1, 'one')`.execute(db);
});
afterAll(async () => {
  await db.destroy();
  await database[Symbol.asyncDispose]();
});

const read = (id: number) => sql<{ name: string }>`select * from changing where id = ${id}`;
const prepared = async () =>
  (await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db)).rows;

test('a statement with parameters is prepared once, whatever they are', async () => {
  for (let times = 0; times < 5; times++) await read(times).execute(db);
  const held = (await prepared()).filter((one) => one.statement.includes('from changing'));
  expect(held).toHaveLength(1);
});

test('one without parameters is not, nor are transactions', async () => {
  const before = (await prepared()).length;
  await inTransaction(db, (tx) => sql`select 1 as a`.execute(tx));
  expect((await prepared()).length).toBe(before);
});

test('a column that a migration adds under a running node costs a repetition, and no error', async () => {
  for (let version = 0; version < 3; version++) {
    await inTransaction(db, (tx) => read(1).execute(tx));
    await inSingleStatements(db, (tx) => read(1).execute(tx));
    await sql`alter table changing add column ${sql.id(`more_${version}`)} integer`.execute(database.db);
    const { rows } = await inTransaction(db, (tx) => read(1).execute(tx));
    expect(rows[0]).toHaveProperty(`more_${version}`);
    await sql`alter table changing alter column name type varchar(${sql.raw(String(9 + version))})`.execute(
      database.db,
    );
    const again = await inSingleStatements(db, (tx) => read(1).execute(tx));
    expect(again.rows[0]?.name).toBe('one');
  }
});

test('what a statement refuses is refused each time, and the connection goes on', async () => {
  for (let times = 0; times < 3; times++)
    await expect(sql`insert into changing values (${1}, ${'again'})`.execute(db)).rejects.toMatchObject({
      code: '23505',
    });
  expect((await read(1).execute(db)).rows).toHaveLength(1);
});
