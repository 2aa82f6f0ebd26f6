import { sql } from 'kysely';
import type { SignIns, Visitors } from '../../flows/console/relying-parties/rehearsal.ports.ts';
import { months } from '../../platform/database/partition-periods.ts';
import { uuidv7Floor } from '../../platform/ids.ts';

/** Lines of the history that are sign-ins; the others of a relying party end something, or lift it. */
const SIGN_INS = ['sign-in', 'single-sign-on'];

/**
 * Who signed in to a relying party, by an index of the monthly sums: it is read in the order of the accounts, and no
 * further than wanted. Their lines are one range of an index for each of them.
 */
export const visitorStore: Visitors = {
  async some(tx, clientId, since, most) {
    const month = uuidv7Floor(months.periodOf(since.getTime()).startMs);
    const { rows } = await sql<{ account_id: string }>`
      select account_id from access_count
      where client_id = ${clientId} and outcome = 'success' and month >= ${month} and last_at >= ${since}
      group by account_id order by account_id limit ${most}`.execute(tx);
    return rows.map((row) => row.account_id);
  },

  async signIns(tx, clientId, since, accountIds) {
    const { rows } = await sql<SignIns>`
      select account_id as "accountId", to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day, method,
        count(*)::integer as count
      from access_event
      where account_id = any(${accountIds}::uuid[]) and client_id = ${clientId} and outcome = 'success'
        and id >= ${uuidv7Floor(since.getTime())} and kind = any(${SIGN_INS})
      group by 1, 2, 3`.execute(tx);
    return rows;
  },
};
