import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { connect } from './database.ts';
import { MigrationChanged, migrate } from './migrate.ts';

const NOW_MS = Date.UTC(2026, 0, 2);

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'sigillo-migrations-'));
  await writeFile(join(folder, '9001_a.sql'), 'create table a (id integer); create table a2 (id integer);');
});

afterEach(async () => {
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

test('the migrations of the product apply once', async () => {
  expect(await migrate(database.db, NOW_MS)).toEqual([]);
});

test('new files apply in order, once, with the time they were applied', async () => {
  await writeFile(join(folder, '9002_b.sql'), 'alter table a add column b integer;');
  expect(await migrate(database.db, NOW_MS, folder)).toEqual(['9001_a.sql', '9002_b.sql']);
  expect(await migrate(database.db, NOW_MS, folder)).toEqual([]);
  const { rows } = await sql`select applied_at from schema_migration where name = '9002_b.sql'`.execute(
    database.db,
  );
  expect(rows).toEqual([{ applied_at: new Date(NOW_MS) }]);
});

test('a file that fails leaves nothing of itself and can be corrected', async () => {
  const file = join(folder, '9002_b.sql');
  await writeFile(file, 'create table b (id integer); select wrong;');
  await expect(migrate(database.db, NOW_MS, folder)).rejects.toMatchObject({ code: '42703' });
  await writeFile(file, 'create table b (id integer);');
  expect(await migrate(database.db, NOW_MS, folder)).toEqual(['9002_b.sql']);
});

test('a file changed after it was applied is refused', async () => {
  await migrate(database.db, NOW_MS, folder);
  await writeFile(join(folder, '9001_a.sql'), 'create table other (id integer);');
  await expect(migrate(database.db, NOW_MS, folder)).rejects.toThrow(MigrationChanged);
});

test('nodes that start together on an empty database apply each file once', async () => {
  await sql`drop table schema_migration`.execute(database.db);
  const nodes = Array.from({ length: 4 }, () => connect(database.address, { poolSize: 1, onError() {} }));
  const applied = await Promise.all(nodes.map((db) => migrate(db, NOW_MS, folder)));
  expect(applied.flat()).toEqual(['9001_a.sql']);
  await Promise.all(nodes.map((db) => db.destroy()));
});
