import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tablesOf } from '../../../../../tests/setup/table-contents.ts';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { ACCOUNT_COLUMNS, NOT_PERSONAL, PERSONAL_TABLES } from './personal-tables.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

/** Every column of every table; those of a partitioned one once. */
async function columnsOf(table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped order by 1`.execute(database.db);
  return rows.map(({ name }) => name);
}

test('[PRV-1] [PRV-2] of every table it is said what its holder is given, and what becomes of it', async () => {
  const known = await tablesOf(database.db);
  const decided = [...Object.keys(PERSONAL_TABLES), ...Object.keys(NOT_PERSONAL)];
  expect(known.filter((table) => !decided.includes(table))).toEqual([]);
  expect(decided.filter((table) => !known.includes(table))).toEqual([]);
  for (const table of Object.keys(NOT_PERSONAL)) {
    const named = (await columnsOf(table)).filter((column) => ACCOUNT_COLUMNS.includes(column));
    expect(named, `${table} names an account`).toEqual([]);
  }
});

test('[PRV-1] of every table that is given, each column is given or it is said why not', async () => {
  for (const [table, { by, exported, opened = {}, withheld = {} }] of Object.entries(PERSONAL_TABLES)) {
    const columns = await columnsOf(table);
    expect(columns, table).toContain(by);
    if (typeof exported === 'string') continue;
    const decided = [...exported, ...Object.keys(opened), ...Object.keys(withheld)];
    const whole = [...new Set([...decided, by])].sort();
    expect(whole, table).toEqual(columns);
    expect(new Set(decided).size, `${table} says something twice`).toBe(decided.length);
  }
});

test('[PRV-1] nothing that is a secret or a hash by its name is given as it is', () => {
  for (const [table, { exported }] of Object.entries(PERSONAL_TABLES)) {
    const given = typeof exported === 'string' ? [] : exported;
    expect(
      given.filter((column) => /(_sealed|_hash|_hmac|secret|seed|token|key)$/.test(column)),
      table,
    ).toEqual([]);
  }
});
