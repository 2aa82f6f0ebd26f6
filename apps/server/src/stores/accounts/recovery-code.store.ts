import type { RecoveryCodes } from '../../gate/account-ports.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';

const place = (accountId: string, authenticatorId: string, idx: number) => ({
  table: 'recovery_code',
  row: `${accountId}/${authenticatorId}/${idx}`,
  column: 'hash_sealed',
});

/** Saved recovery codes on PostgreSQL: slow salted hashes, sealed. */
export function recoveryCodeStore(keyring: Keyring): RecoveryCodes {
  return {
    async insert(tx, accountId, authenticatorId, hashes) {
      const rows = hashes.map((hash, idx) => ({
        account_id: accountId,
        authenticator_id: authenticatorId,
        idx,
        hash_sealed: keyring.seal(hash, place(accountId, authenticatorId, idx)),
        used_at: null,
      }));
      await tx.insertInto('recovery_code').values(rows).execute();
    },

    async unused(tx, accountId, authenticatorId) {
      const rows = await tx
        .selectFrom('recovery_code')
        .select(['idx', 'hash_sealed'])
        .where('account_id', '=', accountId)
        .where('authenticator_id', '=', authenticatorId)
        .where('used_at', 'is', null)
        .execute();
      return rows.map(({ idx, hash_sealed }) => ({
        idx,
        hash: keyring.open(hash_sealed, place(accountId, authenticatorId, idx)),
      }));
    },

    async spend(tx, accountId, authenticatorId, idx, at) {
      const result = await tx
        .updateTable('recovery_code')
        .set({ used_at: at })
        .where('account_id', '=', accountId)
        .where('authenticator_id', '=', authenticatorId)
        .where('idx', '=', idx)
        .where('used_at', 'is', null)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async countUnused(tx, accountId, authenticatorId) {
      const row = await tx
        .selectFrom('recovery_code')
        .select((eb) => eb.fn.countAll<number>().as('left'))
        .where('account_id', '=', accountId)
        .where('authenticator_id', '=', authenticatorId)
        .where('used_at', 'is', null)
        .executeTakeFirstOrThrow();
      return row.left;
    },
  };
}
