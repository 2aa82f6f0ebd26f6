import { sql } from 'kysely';
import { type Db, sqlState } from '../database/database.ts';

/** What the development hooks have set, for every node. */
export interface DevSettings {
  /** How far `Date` is ahead of the computer's clock. */
  clockOffsetMs: number;
  areLimitsLifted: boolean;
}

/** unique_violation and duplicate_table: another node made the table at this moment. */
const MADE_MEANWHILE = new Set(['23505', '42P07']);

/** Makes the table of the hooks. No migration does: production has no such table. */
export async function createDevSettings(db: Db): Promise<void> {
  await sql`create table if not exists dev_setting (name text primary key, value bigint not null)`
    .execute(db)
    .catch((error: unknown) => {
      if (!MADE_MEANWHILE.has(sqlState(error) ?? '')) throw error;
    });
}

/** What is set now. */
export async function readDevSettings(db: Db): Promise<DevSettings> {
  const { rows } = await sql<{ name: string; value: number }>`select name, value from dev_setting`.execute(
    db,
  );
  const values = new Map(rows.map(({ name, value }) => [name, value]));
  return {
    clockOffsetMs: values.get('clock-offset-ms') ?? 0,
    areLimitsLifted: values.get('limits-lifted') === 1,
  };
}

/** Moves the clock further ahead; two requests at once both count. */
export async function advanceClock(db: Db, ms: number): Promise<void> {
  await sql`
    insert into dev_setting (name, value) values ('clock-offset-ms', ${ms})
    on conflict (name) do update set value = dev_setting.value + excluded.value`.execute(db);
}

/** Back to the computer's clock. */
export async function resetClock(db: Db): Promise<void> {
  await sql`delete from dev_setting where name = 'clock-offset-ms'`.execute(db);
}

/** Suspends limits, or ends that. */
export async function setLimitsLifted(db: Db, isLifted: boolean): Promise<void> {
  await sql`
    insert into dev_setting (name, value) values ('limits-lifted', ${isLifted ? 1 : 0})
    on conflict (name) do update set value = excluded.value`.execute(db);
}
