import { sql } from 'kysely';
import type { HolderFacts } from '../../flows/console/holders/holders.ports.ts';
import { uuidv7Floor } from '../../platform/ids.ts';

/** What a holder's file shows beside the account itself. */
export const holderFactsStore: HolderFacts = {
  async createdAt(tx, accountId) {
    const row = await tx
      .selectFrom('account')
      .select('created_at')
      .where('id', '=', accountId)
      .executeTakeFirst();
    return row?.created_at;
  },

  async accesses(tx, accountId, since) {
    const row = await tx
      .selectFrom('access_event')
      .select([
        sql<number>`count(*) filter (where outcome = 'success')`.as('successes'),
        sql<number>`count(*) filter (where outcome = 'failure')`.as('failures'),
        sql<Date | null>`max(at) filter (where outcome = 'success')`.as('last_at'),
      ])
      .where('account_id', '=', accountId)
      .where('id', '>=', uuidv7Floor(since.getTime()))
      .executeTakeFirstOrThrow();
    return { successes: row.successes, failures: row.failures, lastAt: row.last_at };
  },

  async messages(tx, accountId, most) {
    const rows = await tx
      .selectFrom('outbox')
      .select(['id', 'channel', 'state', 'last_error', 'created_at', 'sent_at'])
      .where('account_id', '=', accountId)
      .orderBy('id', 'desc')
      .limit(most)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      channel: row.channel,
      state: row.state,
      reason: row.last_error,
      createdAt: row.created_at,
      sentAt: row.sent_at,
    }));
  },
};
