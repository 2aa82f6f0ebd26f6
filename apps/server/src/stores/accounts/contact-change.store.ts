import type { Level } from '@sigillo/assurance';
import type { ContactChanges, KeptChange } from '../../gate/account-ports.ts';
import type { Contact } from '../../gate/model.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';

const place = (accountId: string, id: string) => ({
  table: 'contact_change',
  row: `${accountId}/${id}`,
  column: 'old_address_sealed',
});

/** Changes of contacts on PostgreSQL; what the contact was before is sealed. */
export function contactChangeStore(keyring: Keyring): ContactChanges {
  const toChange = (row: Tables['contact_change']): KeptChange => ({
    accountId: row.account_id,
    id: row.id,
    kind: row.kind,
    old: oldContact(keyring, row),
    smsFactor: smsFactorOf(row),
    newContactId: row.new_contact_id,
    changedAt: row.changed_at,
    undoUntil: row.undo_until,
  });

  return {
    async insert(tx, change) {
      await tx.insertInto('contact_change').values(toRow(keyring, change)).execute();
    },

    async open(tx, accountId, now) {
      const rows = await tx
        .selectFrom('contact_change')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('state', '=', 'open')
        .where('undo_until', '>', now)
        .orderBy('changed_at', 'desc')
        .execute();
      return rows.map(toChange);
    },

    async undo(tx, { accountId, id }, now) {
      const result = await tx
        .updateTable('contact_change')
        .set({ state: 'undone' })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .where('state', '=', 'open')
        .where('undo_until', '>', now)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async changedAt(tx, accountId) {
      const row = await tx
        .selectFrom('contact_change')
        .select('changed_at')
        .where('account_id', '=', accountId)
        .orderBy('changed_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.changed_at;
    },

    async past(tx, now, limit) {
      const rows = await tx
        .selectFrom('contact_change')
        .selectAll()
        .where('undo_until', '<=', now)
        .limit(limit)
        .forUpdate()
        .skipLocked()
        .execute();
      return rows.map(toChange);
    },

    async forget(tx, { accountId, id }) {
      await tx
        .deleteFrom('contact_change')
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .execute();
    },
  };
}

function toRow(keyring: Keyring, change: KeptChange): Tables['contact_change'] {
  const { accountId, id, old, smsFactor } = change;
  return {
    account_id: accountId,
    id,
    kind: change.kind,
    state: 'open',
    old_contact_id: old?.id ?? null,
    old_channel_id: old?.channelId ?? null,
    old_address_sealed: old && keyring.seal(old.address, place(accountId, id)),
    sms_factor_id: smsFactor?.id ?? null,
    sms_binding_level: smsFactor?.bindingLevel ?? null,
    new_contact_id: change.newContactId,
    changed_at: change.changedAt,
    undo_until: change.undoUntil,
  };
}

/** Only a confirmed contact is ever replaced. */
function oldContact(keyring: Keyring, row: Tables['contact_change']): Contact | null {
  const {
    account_id: accountId,
    old_contact_id: id,
    old_channel_id: channelId,
    old_address_sealed: sealed,
  } = row;
  if (id === null || channelId === null || sealed === null) return null;
  const address = keyring.openText(sealed, place(accountId, row.id));
  return { id, kind: row.kind, channelId, address, verifiedAt: row.changed_at };
}

function smsFactorOf({ sms_factor_id: id, sms_binding_level: level }: Tables['contact_change']) {
  return id === null || level === null ? null : { id, bindingLevel: level as Level };
}
