import { sql } from 'kysely';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../clock/clock.ts';
import type { Db, Tx } from '../../database/database.ts';
import type { Quote } from './tariff.ts';

/** What came of asking for one SMS more. */
export type Decision =
  /** `spent` and `spentOnPrefix` are what the hour has cost with this one. */
  | { admitted: true; spent: number; spentOnPrefix: number }
  | { admitted: false; reason: 'budget' }
  | { admitted: false; reason: 'stopped'; until: Date };

/** Codes that went to a prefix in one slot, and came back. */
export interface CodeCount {
  prefix: string;
  slotMs: number;
  sent: number;
  confirmed: number;
}

/** A prefix that was stopped: of its last codes, so few came back. */
export interface StoppedPrefix {
  prefix: string;
  sent: number;
  confirmed: number;
  stopped_at: Date;
  until: Date;
}

/** How long codes are counted together. */
const SLOT_MS = 5 * MINUTE_MS;
/** So long after its slot began, a code has either come back or is over: five minutes at the latest. */
const RIPE_MS = SLOT_MS + 5 * MINUTE_MS;
/** Prefixes whose slots became ripe so lately are judged; the rest has not changed. */
const LATELY_MS = HOUR_MS;
const KEPT_MS = 30 * DAY_MS;

const JUDGED_CODES = 100;
/** Less than a fifth. */
const BARREN_SHARE = 5;
/** The first stop, to the end of a slot; each that follows within a week is twice as long. */
const FIRST_STOP_HOURS = 1;
const LONGEST_STOP_HOURS = 24;

export const slotOf = (ms: number): number => Math.floor(ms / SLOT_MS) * SLOT_MS;
export const hourOf = (ms: number): number => Math.floor(ms / HOUR_MS) * HOUR_MS;

/**
 * Pays for one SMS, in one statement: nothing is spent unless its prefixes are open and both budgets have room,
 * however many nodes ask at once.
 */
export async function pay(db: Db, quote: Quote, nowMs: number): Promise<Decision> {
  const { price, prefix, range, budget, prefixBudget } = quote;
  const { rows } = await sql<{ until: Date | null; spent: number | null; on_prefix: number | null }>`
    with stopped as (
      select max(until) as until from sms_stopped_prefix
      where prefix in (${prefix}, ${range}) and until > ${new Date(nowMs)}
    ), paid as (
      insert into sms_spending (hour, spent, by_prefix)
      select ${new Date(hourOf(nowMs))}::timestamptz, ${price}::bigint,
        jsonb_build_object(${prefix}::text, ${price}::bigint)
      from stopped
      where until is null and ${price}::bigint <= least(${budget}::bigint, ${prefixBudget}::bigint)
      on conflict (hour) do update set
        spent = sms_spending.spent + ${price}::bigint,
        by_prefix = sms_spending.by_prefix || jsonb_build_object(
          ${prefix}::text, coalesce((sms_spending.by_prefix ->> ${prefix})::bigint, 0) + ${price}::bigint)
      where sms_spending.spent + ${price}::bigint <= ${budget}::bigint
        and coalesce((sms_spending.by_prefix ->> ${prefix})::bigint, 0) + ${price}::bigint
          <= ${prefixBudget}::bigint
      returning spent, (by_prefix ->> ${prefix})::bigint as on_prefix
    )
    select stopped.until, paid.spent, paid.on_prefix from stopped left join paid on true`.execute(db);
  const [row] = rows;
  if (row?.until) return { admitted: false, reason: 'stopped', until: row.until };
  if (row?.spent == null) return { admitted: false, reason: 'budget' };
  return { admitted: true, spent: row.spent, spentOnPrefix: row.on_prefix ?? row.spent };
}

/** Adds what a node counted, in one statement; sorted, so that two nodes cannot deadlock. */
export async function addCodes(db: Db, counts: readonly CodeCount[]): Promise<void> {
  const sorted = counts.toSorted((a, b) =>
    a.prefix < b.prefix ? -1 : a.prefix > b.prefix ? 1 : a.slotMs - b.slotMs,
  );
  await sql`
    insert into sms_confirmation (prefix, slot, sent, confirmed)
    select * from unnest(
      ${sorted.map((row) => row.prefix)}::text[],
      ${sorted.map((row) => new Date(row.slotMs))}::timestamptz[],
      ${sorted.map((row) => row.sent)}::integer[],
      ${sorted.map((row) => row.confirmed)}::integer[]
    )
    on conflict (prefix, slot) do update set
      sent = sms_confirmation.sent + excluded.sent,
      confirmed = sms_confirmation.confirmed + excluded.confirmed`.execute(db);
}

/**
 * Stops every prefix of whose last hundred codes that are over less than a fifth came back. One statement: of
 * all nodes that judge, one stops a prefix.
 *
 * @returns those that this call stopped
 */
export async function stopBarren(tx: Tx, nowMs: number): Promise<StoppedPrefix[]> {
  const ripe = new Date(nowMs - RIPE_MS);
  const week = new Date(nowMs - 7 * DAY_MS);
  // Where a slot begins: codes are counted anew from there.
  const nextSlot = new Date(slotOf(nowMs) + SLOT_MS);
  const { rows } = await sql<StoppedPrefix>`
    with lately as (
      select distinct prefix from sms_confirmation
      where slot > ${new Date(nowMs - RIPE_MS - LATELY_MS)} and slot <= ${ripe}
    ), counted as (
      select c.prefix, c.sent, c.confirmed,
        sum(c.sent) over (partition by c.prefix order by c.slot desc) - c.sent as newer
      from lately
      join sms_confirmation c on c.prefix = lately.prefix
      left join sms_stopped_prefix stopped on stopped.prefix = c.prefix
      where c.slot <= ${ripe} and (stopped.until is null or c.slot >= stopped.until)
    ), last as (
      select prefix, sum(sent)::integer as sent, sum(confirmed)::integer as confirmed
      from counted where newer < ${JUDGED_CODES} group by prefix order by prefix
    )
    insert into sms_stopped_prefix as stopped (prefix, stopped_at, until, sent, confirmed, times)
    select prefix, ${new Date(nowMs)}::timestamptz,
      ${nextSlot}::timestamptz + interval '1 hour' * ${FIRST_STOP_HOURS}::integer, sent, confirmed, 1
    from last where sent >= ${JUDGED_CODES} and confirmed * ${BARREN_SHARE} < sent
    on conflict (prefix) do update set
      stopped_at = excluded.stopped_at,
      until = ${nextSlot}::timestamptz + interval '1 hour' * case
        when stopped.until < ${week} then ${FIRST_STOP_HOURS}::integer
        else least(${LONGEST_STOP_HOURS}::integer, ${FIRST_STOP_HOURS}::integer * 2 ^ least(stopped.times, 10)) end,
      sent = excluded.sent,
      confirmed = excluded.confirmed,
      times = case when stopped.until < ${week} then 1 else stopped.times + 1 end
    where stopped.until <= excluded.stopped_at
    returning prefix, sent, confirmed, stopped_at, until`.execute(tx);
  return rows;
}

/** Opens a prefix again before its time; false when it was not stopped. Its codes are counted anew. */
export async function reopenPrefix(db: Db, prefix: string, nowMs: number): Promise<boolean> {
  const result = await db
    .updateTable('sms_stopped_prefix')
    .set({ until: new Date(slotOf(nowMs)), times: 0 })
    .where('prefix', '=', prefix)
    .where('until', '>', new Date(nowMs))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Prefixes that are stopped now. */
export function stoppedPrefixes(db: Db, nowMs: number): Promise<StoppedPrefix[]> {
  return db
    .selectFrom('sms_stopped_prefix')
    .select(['prefix', 'sent', 'confirmed', 'stopped_at', 'until'])
    .where('until', '>', new Date(nowMs))
    .orderBy('prefix')
    .execute();
}

/** What the current hour has cost, in all and by prefix. */
export async function spentThisHour(
  db: Db,
  nowMs: number,
): Promise<{ spent: number; byPrefix: Record<string, number> }> {
  const row = await db
    .selectFrom('sms_spending')
    .selectAll()
    .where('hour', '=', new Date(hourOf(nowMs)))
    .executeTakeFirst();
  return { spent: row?.spent ?? 0, byPrefix: row?.by_prefix ?? {} };
}

/** What the hours since then have cost, the oldest first; hours in which nothing was sent are left out. */
export async function spentSince(
  db: Db,
  sinceMs: number,
): Promise<{ hour: Date; spent: number; byPrefix: Record<string, number> }[]> {
  const rows = await db
    .selectFrom('sms_spending')
    .selectAll()
    .where('hour', '>=', new Date(sinceMs))
    .orderBy('hour')
    .execute();
  return rows.map(({ hour, spent, by_prefix }) => ({ hour, spent, byPrefix: by_prefix }));
}

/** Deletes what counts no more. */
export async function forgetOldSpending(db: Db, nowMs: number): Promise<void> {
  const before = new Date(nowMs - KEPT_MS);
  await db.deleteFrom('sms_confirmation').where('slot', '<', before).execute();
  await db.deleteFrom('sms_spending').where('hour', '<', before).execute();
}
