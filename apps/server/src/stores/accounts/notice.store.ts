import type { KeptNotice, NoticeStore } from '../../gate/ports.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { uuidv7Floor } from '../../platform/ids.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';

const place = (accountId: string, id: string) => ({
  table: 'notice',
  row: `${accountId}/${id}`,
  column: 'params_sealed',
});

/** Notices on PostgreSQL: what they say is sealed. */
export function noticeStore(keyring: Keyring): NoticeStore {
  return {
    async insert(tx, { accountId, id, kind, params, at }) {
      const sealed = keyring.seal(JSON.stringify(params), place(accountId, id));
      const row = { account_id: accountId, id, kind, params_sealed: sealed, at, seen_at: null };
      await tx.insertInto('notice').values(row).execute();
    },

    async list(tx, accountId, since, limit) {
      const rows = await tx
        .selectFrom('notice')
        .selectAll()
        .where('account_id', '=', accountId)
        // By the id, which says the partition.
        .where('id', '>=', uuidv7Floor(since.getTime()))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => toNotice(keyring, row));
    },

    async markSeen(tx, accountId, upToId, now) {
      await tx
        .updateTable('notice')
        .set({ seen_at: now })
        .where('account_id', '=', accountId)
        .where('id', '<=', upToId)
        .where('seen_at', 'is', null)
        .execute();
    },
  };
}

function toNotice(keyring: Keyring, row: Tables['notice']): KeptNotice {
  const { account_id: accountId, id, kind, at, seen_at: seenAt } = row;
  const params = JSON.parse(keyring.openText(row.params_sealed, place(accountId, id)));
  return { accountId, id, kind, params, at, seenAt };
}
