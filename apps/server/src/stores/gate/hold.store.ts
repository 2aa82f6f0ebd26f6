import type { Actor } from '@sigillo/identity';
import type { Hold, HoldStore } from '../../gate/hold.ts';
import type { Tables } from '../../platform/database/tables.ts';

/** Why accounts rest, on PostgreSQL. */
export const holdStore: HoldStore = {
  async insert(tx, { accountId, cause, since, until, dueAt, setBy, reason }) {
    const row = { account_id: accountId, cause, since, until, due_at: dueAt, set_by: setBy, reason };
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('account_hold')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  },

  async list(tx, accountId) {
    const rows = await tx
      .selectFrom('account_hold')
      .selectAll()
      .where('account_id', '=', accountId)
      .orderBy('since')
      .orderBy('cause')
      .execute();
    return rows.map(toHold);
  },

  async remove(tx, { accountId, cause }) {
    const { numDeletedRows } = await tx
      .deleteFrom('account_hold')
      .where('account_id', '=', accountId)
      .where('cause', '=', cause)
      .executeTakeFirst();
    return numDeletedRows === 1n;
  },

  async due(tx, now, limit) {
    const rows = await tx
      .selectFrom('account_hold')
      .select('account_id')
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(limit)
      .execute();
    return [...new Set(rows.map((row) => row.account_id))];
  },

  async keep(tx, { accountId, cause }, now) {
    const { numUpdatedRows } = await tx
      .updateTable('account_hold')
      .set({ due_at: null })
      .where('account_id', '=', accountId)
      .where('cause', '=', cause)
      .where('due_at', '<=', now)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  },
};

function toHold(row: Tables['account_hold']): Hold {
  return {
    accountId: row.account_id,
    cause: row.cause,
    since: row.since,
    until: row.until,
    dueAt: row.due_at,
    setBy: row.set_by as Actor,
    reason: row.reason,
  };
}
