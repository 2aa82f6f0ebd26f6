import type { Contacts } from '../../gate/account-ports.ts';
import type { Contact } from '../../gate/model.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';

const place = (accountId: string, id: string) => ({
  table: 'contact',
  row: `${accountId}/${id}`,
  column: 'address_sealed',
});

/** Opens the sealed address of one contact row. */
export function openAddress(keyring: Keyring, accountId: string, id: string, sealed: Buffer): string {
  return keyring.openText(sealed, place(accountId, id));
}

/** A contact as its row holds it. */
export function contactRow(
  keyring: Keyring,
  accountId: string,
  contact: Contact,
  at: Date,
): Tables['contact'] {
  return {
    account_id: accountId,
    id: contact.id,
    kind: contact.kind,
    channel_id: contact.channelId,
    address_sealed: keyring.seal(contact.address, place(accountId, contact.id)),
    address_hmac: keyring.mac('contact-address', contact.kind, contact.address),
    verified_at: contact.verifiedAt,
    locked_until: null,
    created_at: at,
  };
}

/** Contacts on PostgreSQL: addresses sealed, and hashed with a key for comparison. */
export function contactStore(keyring: Keyring): Contacts {
  return {
    async insert(tx, accountId, contact, at) {
      await tx
        .insertInto('contact')
        .values(contactRow(keyring, accountId, contact, at))
        .execute();
    },

    async verify(tx, accountId, contactId, at) {
      const result = await tx
        .updateTable('contact')
        .set({ verified_at: at })
        .where('account_id', '=', accountId)
        .where('id', '=', contactId)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async lock(tx, accountId, contactId, until) {
      await tx
        .updateTable('contact')
        .set({ locked_until: until })
        .where('account_id', '=', accountId)
        .where('id', '=', contactId)
        .execute();
    },

    async locks(tx, accountId) {
      const rows = await tx
        .selectFrom('contact')
        .select(['id', 'locked_until'])
        .where('account_id', '=', accountId)
        .execute();
      return new Map(
        rows.flatMap(({ id, locked_until }) => (locked_until ? [[id, locked_until] as const] : [])),
      );
    },

    async replaceUnconfirmed(tx, accountId, id, by, at) {
      const result = await tx
        .deleteFrom('contact')
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .where('verified_at', 'is', null)
        .executeTakeFirst();
      if (result.numDeletedRows !== 1n) return false;
      await this.insert(tx, accountId, by, at);
      return true;
    },

    async remove(tx, accountId, contactId) {
      await tx
        .deleteFrom('contact')
        .where('account_id', '=', accountId)
        .where('id', '=', contactId)
        .execute();
    },
  };
}
