import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import type { WindowCount } from './counters.ts';

/** Below this a key is far from any limit; what other nodes counted of it is learned when it is used here. */
const BUSY_COUNT = 3;
const BUSY_KEYS = 5_000;

interface Row {
  key: string;
  window_start: Date;
  count: number;
}

/** Adds what a node counted, in one statement, and returns the totals. Sorted, so that two nodes cannot deadlock. */
export async function addCounts(db: Db, counts: readonly WindowCount[]): Promise<WindowCount[]> {
  const sorted = counts.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const { rows } = await sql<Row>`
    insert into rate_limit (key, window_start, count)
    select * from unnest(
      ${sorted.map((row) => row.key)}::text[],
      ${sorted.map((row) => new Date(row.windowStartMs))}::timestamptz[],
      ${sorted.map((row) => row.count)}::integer[]
    )
    on conflict (key, window_start) do update set count = rate_limit.count + excluded.count
    returning key, window_start, count`.execute(db);
  return rows.map(toCount);
}

/** The totals of the busiest keys, whichever node counted them; oldest windows first. */
export async function busyCounts(db: Db): Promise<WindowCount[]> {
  const rows = await db
    .selectFrom('rate_limit')
    .selectAll()
    .where('count', '>=', BUSY_COUNT)
    .orderBy('count', 'desc')
    .limit(BUSY_KEYS)
    .execute();
  return rows.map(toCount).sort((a, b) => a.windowStartMs - b.windowStartMs);
}

/** Deletes windows that count no more: neither the one of `nowMs` nor the one before it. */
export async function deleteOldCounts(db: Db, nowMs: number): Promise<void> {
  await sql`
    delete from rate_limit
    where window_start + 2 * split_part(key, '/', 1)::integer * interval '1 second' <= ${new Date(nowMs)}`.execute(
    db,
  );
}

export async function deleteAllCounts(db: Db): Promise<void> {
  await db.deleteFrom('rate_limit').execute();
}

function toCount({ key, window_start, count }: Row): WindowCount {
  return { key, windowStartMs: window_start.getTime(), count };
}
