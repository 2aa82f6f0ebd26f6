import { sql } from 'kysely';
import type { Db } from '../database/database.ts';

/** What the database's own clock says, in Unix milliseconds. It is compared with ours, and nothing is decided by it. */
export async function databaseNowMs(db: Db): Promise<number> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  return rows[0]?.now.getTime() ?? Number.NaN;
}
