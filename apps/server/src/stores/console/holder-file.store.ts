import type { HolderFile, HolderFiles } from '../../flows/console/holders/holders.ports.ts';
import type { Tables } from '../../platform/database/tables.ts';

/** Files that are open on somebody's desk. */
export const holderFileStore: HolderFiles = {
  async insert(tx, file) {
    await tx
      .insertInto('holder_file')
      .values({
        operator_id: file.operatorId,
        id: file.id,
        account_id: file.accountId,
        created_at: file.createdAt,
        expires_at: file.expiresAt,
      })
      .execute();
  },

  async find(tx, { operatorId, id }, now) {
    const row = await tx
      .selectFrom('holder_file')
      .selectAll()
      .where('operator_id', '=', operatorId)
      .where('id', '=', id)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return row && fileOf(row);
  },

  async closeAll(tx, accountId, now) {
    await tx
      .updateTable('holder_file')
      .set({ expires_at: now })
      .where('account_id', '=', accountId)
      .where('expires_at', '>', now)
      .execute();
  },
};

const fileOf = (row: Tables['holder_file']): HolderFile => ({
  operatorId: row.operator_id,
  id: row.id,
  accountId: row.account_id,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});
