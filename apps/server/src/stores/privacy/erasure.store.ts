import type { Erasure, Erasures } from '../../flows/account/privacy/privacy.ports.ts';
import type { Tx } from '../../platform/database/database.ts';

/** Erasures of accounts on PostgreSQL. */
export const erasureStore: Erasures = {
  async insert(tx, { id, accountId, beginsAt }, at) {
    const times = { requested_at: at, begins_at: beginsAt, ended_at: null };
    await tx
      .insertInto('erasure')
      .values({ account_id: accountId, id, state: 'waiting', ...times })
      .execute();
    await tx
      .insertInto('erasure_due')
      .values({ account_id: accountId, erasure_id: id, due_at: beginsAt })
      .execute();
  },

  waiting: (tx, accountId) => ofAccount(tx, accountId).where('state', '=', 'waiting').executeTakeFirst(),

  async cancel(tx, accountId, now) {
    const { numUpdatedRows } = await tx
      .updateTable('erasure')
      .set({ state: 'cancelled', ended_at: now })
      .where('account_id', '=', accountId)
      .where('state', '=', 'waiting')
      .where('begins_at', '>', now)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return false;
    await tx.deleteFrom('erasure_due').where('account_id', '=', accountId).execute();
    return true;
  },

  async nextDue(tx, now) {
    const due = await tx
      .selectFrom('erasure_due')
      .selectAll()
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    return due && ofAccount(tx, due.account_id).where('id', '=', due.erasure_id).executeTakeFirst();
  },

  async markDeleted(tx, { accountId, id }, now, forgetAt) {
    await change(tx, accountId, id, { state: 'deleted', ended_at: now });
    await tx
      .updateTable('erasure_due')
      .set({ due_at: forgetAt })
      .where('account_id', '=', accountId)
      .execute();
  },

  async markDone(tx, { accountId, id }) {
    await change(tx, accountId, id, { state: 'done' });
    await tx.deleteFrom('erasure_due').where('account_id', '=', accountId).execute();
  },
};

const ofAccount = (tx: Tx, accountId: string) =>
  tx
    .selectFrom('erasure')
    .select(['account_id as accountId', 'id', 'state', 'begins_at as beginsAt'])
    .where('account_id', '=', accountId);

async function change(
  tx: Tx,
  accountId: string,
  id: string,
  to: { state: Erasure['state']; ended_at?: Date },
): Promise<void> {
  await tx.updateTable('erasure').set(to).where('account_id', '=', accountId).where('id', '=', id).execute();
}
