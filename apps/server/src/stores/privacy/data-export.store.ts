import type { DataExports } from '../../flows/account/privacy/privacy.ports.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';

const SHOWN = 5;
const place = (accountId: string, id: string) => ({
  table: 'data_export',
  row: `${accountId}/${id}`,
  column: 'content_sealed',
});

/** Data that holders asked for, on PostgreSQL: sealed, until it is fetched once. */
export function dataExportStore(keyring: Keyring): DataExports {
  return {
    async list(tx, accountId, now) {
      const rows = await tx
        .selectFrom('data_export')
        .select(['id', 'state', 'requested_at', 'expires_at'])
        .where('account_id', '=', accountId)
        .orderBy('id', 'desc')
        .limit(SHOWN)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        state: row.state === 'ready' && row.expires_at && row.expires_at <= now ? 'expired' : row.state,
        requestedAt: row.requested_at,
        expiresAt: row.expires_at,
      }));
    },

    async insert(tx, accountId, id, at) {
      const nothing = { secret_hash: null, content_sealed: null, ready_at: null, fetched_at: null };
      await tx
        .insertInto('data_export')
        .values({
          account_id: accountId,
          id,
          state: 'waiting',
          requested_at: at,
          expires_at: null,
          ...nothing,
        })
        .execute();
      await tx.insertInto('data_export_due').values({ id, account_id: accountId, due_at: at }).execute();
    },

    async nextDue(tx, now) {
      const row = await tx
        .selectFrom('data_export_due')
        .select(['id', 'account_id as accountId'])
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      if (row) await tx.deleteFrom('data_export_due').where('id', '=', row.id).execute();
      return row;
    },

    async keep(tx, { id, accountId, secretHash, content, at, expiresAt }) {
      await tx
        .updateTable('data_export')
        .set({
          state: 'ready',
          secret_hash: secretHash,
          content_sealed: keyring.seal(content, place(accountId, id)),
          ready_at: at,
          expires_at: expiresAt,
        })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .execute();
    },

    async drop(tx, { id, accountId }) {
      await tx
        .updateTable('data_export')
        .set({ state: 'expired' })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .execute();
    },

    async take(tx, { id, accountId, secretHash, now }) {
      const taken = await tx
        .updateTable('data_export')
        .set({ state: 'fetched', secret_hash: null, fetched_at: now })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .where('state', '=', 'ready')
        .where('secret_hash', '=', secretHash)
        .where('expires_at', '>', now)
        .returning('content_sealed as sealed')
        .executeTakeFirst();
      if (!taken?.sealed) return undefined;
      await tx
        .updateTable('data_export')
        .set({ content_sealed: null })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .execute();
      return keyring.open(taken.sealed, place(accountId, id));
    },

    async forgetOver(tx, now) {
      await tx
        .updateTable('data_export')
        .set({ state: 'expired', secret_hash: null, content_sealed: null })
        .where('state', '=', 'ready')
        .where('expires_at', '<=', now)
        .execute();
    },
  };
}
