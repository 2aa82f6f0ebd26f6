import type { EmergencyLinkStore } from '../../gate/hold.ts';
import type { Tx } from '../../platform/database/database.ts';

/** Emergency links on PostgreSQL: one for an account, found by a keyed hash. */
export const emergencyLinkStore: EmergencyLinkStore = {
  async replace(tx, accountId, secretHmac, at) {
    const row = { secret_hmac: secretHmac, account_id: accountId, made_at: at };
    await tx
      .insertInto('emergency_link')
      .values(row)
      .onConflict((conflict) =>
        conflict.column('account_id').doUpdateSet({ secret_hmac: secretHmac, made_at: at }),
      )
      .execute();
    await forgetLookup(tx, accountId);
    await tx
      .insertInto('emergency_lookup')
      .values({ secret_hmac: secretHmac, account_id: accountId })
      .execute();
  },

  async withdraw(tx, accountId) {
    await forgetLookup(tx, accountId);
    const { numDeletedRows } = await tx
      .deleteFrom('emergency_link')
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    return numDeletedRows === 1n;
  },

  async madeAt(tx, accountId) {
    const row = await tx
      .selectFrom('emergency_link')
      .select('made_at')
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    return row?.made_at;
  },

  async find(tx, secretHmac) {
    const located = await tx
      .selectFrom('emergency_lookup')
      .select('account_id')
      .where('secret_hmac', '=', secretHmac)
      .executeTakeFirst();
    if (!located) return undefined;
    const row = await tx
      .selectFrom('emergency_link')
      .select('account_id')
      .where('account_id', '=', located.account_id)
      .where('secret_hmac', '=', secretHmac)
      .executeTakeFirst();
    return row?.account_id;
  },
};

async function forgetLookup(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('emergency_lookup').where('account_id', '=', accountId).execute();
}
