import { createHash } from 'node:crypto';
import type { ActivationContracts } from '../../identities/documents/activation-contract.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';

const place = (accountId: string, id: string) => ({
  table: 'activation_contract',
  row: `${accountId}/${id}`,
  column: 'pdf_sealed',
});

const digestOf = (pdf: Uint8Array): Buffer => createHash('sha256').update(pdf).digest();

/** Contracts on PostgreSQL: sealed, with a digest of their bytes. */
export function activationContractStore(keyring: Keyring): ActivationContracts {
  return {
    async find(tx, accountId, identityId) {
      const row = await tx
        .selectFrom('activation_contract')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('identity_id', '=', identityId)
        .executeTakeFirst();
      if (!row) return undefined;
      const pdf = keyring.open(row.pdf_sealed, place(accountId, identityId));
      if (!digestOf(pdf).equals(row.digest)) throw new Error('a contract is not what was kept');
      return pdf;
    },

    async keep(tx, { accountId, id }, pdf, at) {
      await tx
        .insertInto('activation_contract')
        .values({
          account_id: accountId,
          identity_id: id,
          digest: digestOf(pdf),
          pdf_sealed: keyring.seal(pdf, place(accountId, id)),
          created_at: at,
        })
        .onConflict((conflict) => conflict.columns(['account_id', 'identity_id']).doNothing())
        .execute();
    },
  };
}
