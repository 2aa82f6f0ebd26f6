import type { Residence, Residences } from '../../flows/selfcare/residence/residence.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';

const place = (accountId: string, version: number) => ({
  table: 'residence',
  row: `${accountId}/${version}`,
  column: 'address_sealed',
});

/** Residences on PostgreSQL, sealed; a version is never changed. */
export function residenceStore(keyring: Keyring): Residences {
  return {
    async current(tx, accountId) {
      const row = await tx
        .selectFrom('residence')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (!row) return undefined;
      const text = keyring.openText(row.address_sealed, place(accountId, row.version));
      return JSON.parse(text) as Residence;
    },

    async save(tx, accountId, residence, at) {
      const newest = await tx
        .selectFrom('residence')
        .select((eb) => eb.fn.max('version').as('version'))
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      const version = (newest?.version ?? 0) + 1;
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('residence')
        .values({
          account_id: accountId,
          version,
          address_sealed: keyring.seal(JSON.stringify(residence), place(accountId, version)),
          saved_at: at,
        })
        .onConflict((conflict) => conflict.columns(['account_id', 'version']).doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
  };
}
