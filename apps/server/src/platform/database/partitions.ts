import { sql } from 'kysely';
import { uuidBytes, uuidv7Floor } from '../ids.ts';
import { type Db, inTransaction, sqlState, type Tx } from './database.ts';
import { type Calendar, DAY_MS, months, type Period, periodsFrom, weeks } from './partition-periods.ts';

interface PartitionedTable {
  table: string;
  /** The UUIDv7 whose time decides the partition. */
  key: string;
  calendar: Calendar;
  /** How many periods after the current one are made beforehand. */
  ahead: number;
  /** How long rows are kept after their period ended, in days; without it, for ever. */
  keepDays?: number;
}

const weekly = { calendar: weeks, ahead: 8 };
const monthly = { calendar: months, ahead: 3 };

/** Every table of the migrations that is partitioned, and how long it keeps its rows. */
export const PARTITIONED_TABLES: readonly PartitionedTable[] = [
  { table: 'ceremony', key: 'id', ...weekly, keepDays: 14 },
  { table: 'party', key: 'ceremony_id', ...weekly, keepDays: 14 },
  { table: 'challenge', key: 'id', ...weekly, keepDays: 14 },
  { table: 'evidence', key: 'challenge_id', ...weekly, keepDays: 14 },
  { table: 'link_token', key: 'id', ...weekly, keepDays: 14 },
  { table: 'registration', key: 'id', ...weekly, keepDays: 14 },
  { table: 'qr_ticket', key: 'id', ...weekly, keepDays: 14 },
  { table: 'typed_ticket', key: 'id', ...weekly, keepDays: 2 },
  { table: 'pairing', key: 'id', ...weekly, keepDays: 2 },
  { table: 'holder_file', key: 'id', ...weekly, keepDays: 2 },
  { table: 'device_nonce', key: 'nonce', ...weekly, keepDays: 2 },
  { table: 'oidc_artifact', key: 'id', ...weekly, keepDays: 45 },
  { table: 'oidc_replay', key: 'day', ...weekly, keepDays: 2 },
  { table: 'outbox', key: 'id', ...weekly, keepDays: 30 },
  { table: 'data_export', key: 'id', ...weekly, keepDays: 30 },
  { table: 'notice', key: 'id', ...weekly, keepDays: 90 },
  { table: 'logout_dead', key: 'session_id', ...weekly, keepDays: 30 },
  { table: 'audit', key: 'id', ...monthly },
  // What a holder may read: 24 months ([AUD-4]), as days at most.
  { table: 'access_event', key: 'id', ...monthly, keepDays: 731 },
  { table: 'access_count', key: 'month', ...monthly, keepDays: 731 },
];

/** lock_not_available */
const LOCK_TIMEOUT = '55P03';

/** For each partitioned table, its name and the labels of its partitions. */
type Existing = Map<string, Set<string>>;

/**
 * Makes the partitions of now and of the weeks or months ahead, and drops those whose rows are past their
 * time. Rows that fell into the default partition (`…_rest`) meanwhile move to where they belong. Safe on
 * several nodes at once; when nothing is to do it only reads. What a long reader (a backup) has locked is
 * left to the next run.
 *
 * @param nowMs Unix time, in milliseconds
 * @returns the names of the partitions made and dropped
 */
export async function keepPartitions(
  db: Db,
  nowMs: number,
): Promise<{ created: string[]; dropped: string[] }> {
  const existing = await existingPartitions(db);
  const created: string[] = [];
  const dropped: string[] = [];
  for (const table of PARTITIONED_TABLES) {
    const labels = existing.get(table.table) ?? new Set();
    const wanted = [...(await overdue(db, table, nowMs)), ...periodsFrom(table.calendar, nowMs, table.ahead)];
    const missing = wanted.filter(({ label }) => !labels.has(label));
    created.push(...(await unlessLocked(db, missing, (tx) => create(tx, table, missing))));

    const old = expired(table, labels, nowMs);
    dropped.push(...(await unlessLocked(db, old, (tx) => drop(tx, table, old))));
  }
  return { created, dropped };
}

async function existingPartitions(db: Db): Promise<Existing> {
  const { rows } = await sql<{ parent: string; partition: string }>`
    select parent.relname as parent, partition.relname as partition
    from pg_inherits
    join pg_class parent on parent.oid = inhparent
    join pg_class partition on partition.oid = inhrelid
    where parent.relkind = 'p' and pg_table_is_visible(parent.oid)`.execute(db);

  const existing: Existing = new Map();
  for (const { parent, partition } of rows) {
    const labels = existing.get(parent) ?? new Set();
    existing.set(parent, labels.add(partition.slice(parent.length + 1)));
  }
  return existing;
}

/**
 * The period of the oldest row in the default partition, if that period is over: nobody would make its
 * partition otherwise, and its rows would stay for ever. One a run is enough.
 */
async function overdue(db: Db, table: PartitionedTable, nowMs: number): Promise<Period[]> {
  const current = uuidv7Floor(table.calendar.periodOf(nowMs).startMs);
  const key = sql.ref(table.key);
  const { rows } = await sql<{ key: string }>`
    select ${key} as key from ${restOf(table)} where ${key} < ${current} order by ${key} limit 1`.execute(db);
  return rows.map((row) => table.calendar.periodOf(uuidBytes(row.key).readUIntBE(0, 6)));
}

function expired(table: PartitionedTable, labels: Set<string>, nowMs: number): Period[] {
  const { keepDays, calendar } = table;
  if (keepDays === undefined) return [];
  const periods = [...labels].flatMap((label) => calendar.parse(label) ?? []);
  return periods.filter((period) => period.endMs + keepDays * DAY_MS <= nowMs);
}

async function create(tx: Tx, table: PartitionedTable, periods: Period[]): Promise<string[]> {
  const parent = sql.table(table.table);
  const rest = restOf(table);
  const key = sql.ref(table.key);
  // Held by one node at a time; readers and writers of the table go on.
  await sql`lock table ${parent} in share update exclusive mode`.execute(tx);
  await sql`lock table ${rest} in access exclusive mode`.execute(tx);

  const created: string[] = [];
  for (const period of periods) {
    const name = partitionName(table, period);
    if (await isThere(tx, name)) continue;
    const partition = sql.table(name);
    const [from, to] = [uuidv7Floor(period.startMs), uuidv7Floor(period.endMs)];
    // Not "create table … partition of", which would lock out the readers of the whole table.
    await sql`create table ${partition} (like ${parent} including all)`.execute(tx);
    await sql`with moved as (delete from ${rest} where ${key} >= ${from} and ${key} < ${to} returning *)
      insert into ${partition} select * from moved`.execute(tx);
    await sql`alter table ${parent} attach partition ${partition}
      for values from (${sql.lit(from)}) to (${sql.lit(to)})`.execute(tx);
    created.push(name);
  }
  return created;
}

async function drop(tx: Tx, table: PartitionedTable, periods: Period[]): Promise<string[]> {
  await sql`lock table ${sql.table(table.table)} in access exclusive mode`.execute(tx);
  const dropped: string[] = [];
  for (const period of periods) {
    const name = partitionName(table, period);
    if (!(await isThere(tx, name))) continue;
    await sql`drop table ${sql.table(name)}`.execute(tx);
    dropped.push(name);
  }
  return dropped;
}

async function isThere(tx: Tx, partition: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select to_regclass(${partition}) is not null as found`.execute(tx);
  return rows[0]?.found === true;
}

/**
 * Changes the partitions of one table, if there is anything to change and its locks can be had soon: whoever
 * comes after us would have to wait behind us, for as long as a backup reads.
 */
async function unlessLocked(
  db: Db,
  periods: Period[],
  work: (tx: Tx) => Promise<string[]>,
): Promise<string[]> {
  if (periods.length === 0) return [];
  try {
    return await inTransaction(db, async (tx) => {
      await sql`set local lock_timeout = '2s'`.execute(tx);
      return work(tx);
    });
  } catch (error) {
    if (sqlState(error) === LOCK_TIMEOUT) return [];
    throw error;
  }
}

function partitionName(table: PartitionedTable, period: Period): string {
  return `${table.table}_${period.label}`;
}

function restOf(table: PartitionedTable) {
  return sql.table(`${table.table}_rest`);
}
