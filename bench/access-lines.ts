import { sql } from 'kysely';
import type { Db } from '../apps/server/src/platform/database/database.ts';
import { months } from '../apps/server/src/platform/database/partition-periods.ts';
import { uuidv7Floor } from '../apps/server/src/platform/ids.ts';

/** How the lines of accounts are spread: as people have them, over two years, some services, few failures. */
export interface Spread {
  /** The first accounts; the others are nobody's. */
  known: readonly string[];
  accounts: number;
  /** Every so many lines one failure. */
  failureEvery: number;
  nowMs: number;
}

const MONTHS = 24;
const AT_A_TIME = 500_000;

/**
 * Writes so many lines of the access history, and counts them, inside PostgreSQL. Without the indexes, which are made
 * anew afterwards: line by line they would take most of the time.
 */
export async function addLines(db: Db, lines: number, spread: Spread): Promise<void> {
  await sql`drop index access_event_of_service`.execute(db);
  await sql`alter table access_event drop constraint access_event_pkey`.execute(db);
  await writeLines(db, lines, spread);
  await sql`alter table access_event add primary key (account_id, id)`.execute(db);
  await sql`create index access_event_of_service on access_event (account_id, client_id, outcome, id)`.execute(
    db,
  );
}

async function writeLines(db: Db, lines: number, spread: Spread): Promise<void> {
  const perMonth = Math.ceil(lines / MONTHS);
  for (let month = 0; month < MONTHS; month++) {
    const date = new Date(spread.nowMs);
    const startMs = months.periodOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - month, 1)).startMs;
    const endMs = Math.min(months.periodOf(startMs).endMs, spread.nowMs);
    for (let done = 0; done < perMonth; done += AT_A_TIME)
      await insert(db, spread, { startMs, endMs, lines: Math.min(AT_A_TIME, perMonth - done) });
  }
}

async function insert(
  db: Db,
  { known, accounts, failureEvery }: Spread,
  { startMs, endMs, lines }: { startMs: number; endMs: number; lines: number },
): Promise<void> {
  const spanMs = endMs - startMs;
  await sql`
    with made as materialized (
      select nth, ${startMs}::bigint + (random() * ${spanMs})::bigint as ms, floor(random() * ${accounts})::int as whose,
        gen_random_uuid()::text as random
      from generate_series(1, ${lines}::int) nth
    ), written as (
      insert into access_event
        (account_id, id, at, kind, outcome, method, level, client_id, client_address, user_agent, salt)
      select
        coalesce((${known}::uuid[])[whose + 1], md5(whose::text)::uuid),
        (lpad(to_hex(ms), 12, '0') || '7' || substr(random, 16, 3) || substr(random, 20, 4) || substr(random, 25))::uuid,
        to_timestamp(ms / 1000.0), 'sign-in',
        case when nth % ${failureEvery} = 0 then 'failure' else 'success' end,
        'password', 1, 'service-' || (nth * 7 % 11 % 5), '192.0.2.' || (nth % 250),
        'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', decode(md5(random), 'hex')
      from made
      returning account_id, at, client_id, outcome
    )
    insert into access_count (account_id, month, client_id, outcome, lines, last_at)
    select account_id, ${uuidv7Floor(startMs)}::uuid, client_id, outcome, count(*), max(at) from written group by 1, 3, 4
    on conflict (account_id, month, client_id, outcome) do update
      set lines = access_count.lines + excluded.lines, last_at = greatest(access_count.last_at, excluded.last_at)`.execute(
    db,
  );
}
