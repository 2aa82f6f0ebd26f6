import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { uuidv7, uuidv7Floor } from '../ids.ts';
import { connect, type Db } from './database.ts';
import { keepPartitions, PARTITIONED_TABLES } from './partitions.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW_MS = Date.UTC(2026, 10, 21, 12);

/** The current period and those ahead, of every table. */
const ALL = PARTITIONED_TABLES.reduce((sum, { ahead }) => sum + ahead + 1, 0);

let database: TestDatabase;
let db: Db;

beforeEach(async () => {
  database = await testDatabase();
  db = database.db;
  await dropPartitions();
});

afterEach(() => database[Symbol.asyncDispose]());

test('every partitioned table of the migrations has its rule, by the column it is partitioned by', async () => {
  const { rows } = await sql<{ table: string; key: string }>`
    select relname as table, attname as key
    from pg_partitioned_table
    join pg_class on pg_class.oid = partrelid
    join pg_attribute on attrelid = partrelid and attnum = partattrs[0]
    order by relname`.execute(db);
  const rules = PARTITIONED_TABLES.map(({ table, key }) => ({ table, key }));
  expect(rows).toEqual(rules.sort((a, b) => (a.table < b.table ? -1 : 1)));
});

test('the current period and those ahead are made once; then nothing is to do', async () => {
  const { created, dropped } = await keepPartitions(db, NOW_MS);
  expect(created).toHaveLength(ALL);
  expect(created).toEqual(
    expect.arrayContaining(['ceremony_w20261116', 'ceremony_w20270111', 'audit_m202611', 'audit_m202702']),
  );
  expect(dropped).toEqual([]);
  expect(await keepPartitions(db, NOW_MS)).toEqual({ created: [], dropped: [] });
  expect((await keepPartitions(db, NOW_MS + 7 * DAY_MS)).created).toContain('ceremony_w20270118');
});

test('a row goes to the partition of its time, with the indexes and checks of the table', async () => {
  await keepPartitions(db, NOW_MS);
  expect(await partitionOf(await insertLink(NOW_MS))).toBe('link_token_w20261116');
  expect(await partitionOf(await insertLink(NOW_MS + 60 * DAY_MS))).toBe('link_token_rest');

  const { rows } = await sql<{ definition: string }>`
    select indexdef as definition from pg_indexes where tablename = 'link_token_w20261116'`.execute(db);
  expect(rows.map((row) => row.definition.replace(/.* USING /, '')).sort()).toEqual([
    'btree (id)',
    'btree (subject_id, purpose, id)',
  ]);
  await expect(insertMessage('pigeon')).rejects.toMatchObject({ code: '23514' });
});

test('a check that a migration changes is another one in the partitions that are there, and in new ones', async () => {
  await keepPartitions(db, NOW_MS);
  await sql`alter table outbox drop constraint outbox_channel_check,
    add constraint outbox_channel_check check (channel in ('email', 'pigeon'))`.execute(db);
  await keepPartitions(db, NOW_MS + 7 * DAY_MS);
  for (const atMs of [NOW_MS, NOW_MS + 60 * DAY_MS]) {
    await insertMessage('pigeon', atMs);
    await expect(insertMessage('sms', atMs)).rejects.toMatchObject({ code: '23514' });
  }
});

test('rows that fell into the default partition move when their period is made', async () => {
  const early = await insertLink(NOW_MS);
  const late = await insertLink(NOW_MS + 60 * DAY_MS);
  await keepPartitions(db, NOW_MS);
  expect(await partitionOf(early)).toBe('link_token_w20261116');
  expect(await partitionOf(late)).toBe('link_token_rest');
  await keepPartitions(db, NOW_MS + 10 * DAY_MS);
  expect(await partitionOf(late)).toBe('link_token_w20270118');
});

test('the first and the last id of a week share its partition', async () => {
  await keepPartitions(db, NOW_MS);
  const monday = Date.UTC(2026, 10, 16);
  expect(await partitionOf(await insertLink(monday, uuidv7Floor(monday)))).toBe('link_token_w20261116');
  const last = uuidv7Floor(monday + 7 * DAY_MS - 1).replace(/8000-0+$/, 'bfff-ffffffffffff');
  expect(await partitionOf(await insertLink(monday, last))).toBe('link_token_w20261116');
});

test('a period is dropped when the time of its last row has passed, and not before', async () => {
  await keepPartitions(db, NOW_MS);
  const endMs = Date.UTC(2026, 10, 23);
  const droppedAt = async (days: number, ms = 0) =>
    (await keepPartitions(db, endMs + days * DAY_MS + ms)).dropped;
  const keptFor = (days: number, week: string) =>
    PARTITIONED_TABLES.filter(({ keepDays }) => keepDays === days).map(({ table }) => `${table}_w${week}`);
  expect(await droppedAt(2, -1)).toEqual([]);
  expect(await droppedAt(2)).toEqual(keptFor(2, '20261116'));
  expect(await droppedAt(14, -1)).toEqual(keptFor(2, '20261123'));
  expect(await droppedAt(14)).toEqual(keptFor(14, '20261116'));
});

test('old rows in the default partition are given a partition, which is then dropped', async () => {
  await insertLink(NOW_MS - 30 * DAY_MS);
  expect((await keepPartitions(db, NOW_MS)).created).toContain('link_token_w20261019');
  expect((await keepPartitions(db, NOW_MS)).dropped).toEqual(['link_token_w20261019']);
  const { rows } = await sql`select id from link_token`.execute(db);
  expect(rows).toEqual([]);
});

test('the audit is never dropped', async () => {
  await keepPartitions(db, NOW_MS);
  const { dropped } = await keepPartitions(db, NOW_MS + 4000 * DAY_MS);
  expect(dropped.filter((name) => /^audit_/.test(name))).toEqual([]);
});

test('two nodes at once make each partition once, while rows keep coming', async () => {
  const nodes = [1, 2, 3].map(() => connect(database.address, { poolSize: 1, onError() {} }));
  const ids: string[] = [];
  const write = async () => {
    for (let i = 0; i < 100; i++) ids.push(await insertLink(NOW_MS + (i % 70) * DAY_MS));
  };
  const [, ...results] = await Promise.all([write(), ...nodes.map((node) => keepPartitions(node, NOW_MS))]);
  const created = results.flatMap((result) => result.created);
  expect(new Set(created).size).toBe(ALL);
  expect(created).toHaveLength(ALL);
  const { rows } = await sql<{ n: number }>`select count(*) as n from link_token`.execute(db);
  expect(rows[0]?.n).toBe(ids.length);
  await Promise.all(nodes.map((node) => node.destroy()));
});

test('a table that a long reader has locked is left to the next run', async () => {
  const reader = await db.startTransaction().execute();
  await sql`select 1 from registration`.execute(reader);
  const first = await keepPartitions(db, NOW_MS);
  expect(first.created).toHaveLength(ALL - 9);
  await reader.rollback().execute();
  const second = await keepPartitions(db, NOW_MS);
  expect(second.created).toHaveLength(9);
});

/** The copied database has partitions for today; here it is another day. */
async function dropPartitions(): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select inhrelid::regclass::text as name from pg_inherits
    join pg_class on pg_class.oid = inhrelid where relkind = 'r' and relname not like '%\\_rest'`.execute(db);
  await sql`drop table ${sql.join(rows.map(({ name }) => sql.table(name)))}`.execute(db);
}

/** @returns the id of a new row made at a time */
async function insertLink(atMs: number, id = uuidv7(atMs)): Promise<string> {
  await sql`insert into link_token (id, secret_hash, purpose, subject_id, address_hmac, created_at, expires_at)
    values (${id}, '', 'test', ${id}, '', ${new Date(atMs)}, ${new Date(atMs)})`.execute(db);
  return id;
}

async function partitionOf(id: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select tableoid::regclass::text as name from link_token where id = ${id}`.execute(db);
  return rows[0]?.name;
}

/** A row of the outbox, by that channel. */
const insertMessage = (channel: string, atMs = NOW_MS) =>
  sql`
    insert into outbox (id, channel, language, recipient_sealed, state, attempts, created_at, expires_at)
    values (${uuidv7(atMs)}, ${channel}, 'it', '', 'pending', 0, ${new Date(atMs)}, ${new Date(atMs)})`.execute(
    db,
  );
