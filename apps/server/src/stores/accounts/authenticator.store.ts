import type { Level } from '@sigillo/assurance';
import type { Authenticators, NewAuthenticator } from '../../gate/account-ports.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';

/** What the sealed secret of an authenticator is bound to. */
export const secretPlace = (accountId: string, id: string) => ({
  table: 'authenticator',
  row: `${accountId}/${id}`,
  column: 'secret_sealed',
});

/** A new authenticator as its row holds it. */
export function authenticatorRow(
  keyring: Keyring,
  accountId: string,
  one: NewAuthenticator,
): Tables['authenticator'] {
  return {
    account_id: accountId,
    id: one.id,
    type: one.method,
    state: one.state,
    channel_id: one.channelId,
    contact_id: one.contactId,
    binding_level: one.bindingLevel,
    key_protection: one.keyProtection,
    backup_eligible: false,
    generation: 0,
    used_step: 0,
    secret_sealed: one.secret === null ? null : keyring.seal(one.secret, secretPlace(accountId, one.id)),
    label: one.label,
    created_at: one.at,
    last_used_at: null,
    expires_at: one.expiresAt,
    frozen_at: null,
  };
}

/** A token that was taken away, or lost, is never given to anybody again. */
async function giveUpToken(tx: Tx, accountId: string, id: string): Promise<void> {
  const held = await tx
    .deleteFrom('held_token')
    .where('account_id', '=', accountId)
    .where('authenticator_id', '=', id)
    .returning('serial')
    .executeTakeFirst();
  if (!held) return;
  await tx
    .updateTable('hardware_token')
    .set({ state: 'revoked', seed_sealed: null })
    .where('serial', '=', held.serial)
    .execute();
}

/** Authenticators on PostgreSQL. Their secrets are sealed; for password hashes that seal is the pepper. */
export function authenticatorStore(keyring: Keyring): Authenticators {
  return {
    async insert(tx, accountId, one) {
      await tx
        .insertInto('authenticator')
        .values(authenticatorRow(keyring, accountId, one))
        .execute();
    },

    async activate(tx, accountId, id, as) {
      const result = await tx
        .updateTable('authenticator')
        .set({
          state: 'active',
          binding_level: as.bindingLevel,
          label: as.label,
          expires_at: null,
          last_used_at: as.at,
        })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .where('state', '=', 'pending')
        .where('expires_at', '>', as.at)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async remove(tx, accountId, id) {
      const row = await tx
        .updateTable('authenticator')
        .set({ state: 'removed', secret_sealed: null })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .where('state', '=', 'active')
        .returningAll()
        .executeTakeFirst();
      if (!row) return undefined;
      await tx
        .deleteFrom('passkey')
        .where('account_id', '=', accountId)
        .where('authenticator_id', '=', id)
        .execute();
      if (row.type === 'hardware-token') await giveUpToken(tx, accountId, id);
      return {
        id: row.id,
        method: row.type,
        channelId: row.channel_id,
        contactId: row.contact_id,
        bindingLevel: row.binding_level as Level,
        label: row.label,
        createdAt: row.created_at,
        lastUsedAt: row.last_used_at,
      };
    },

    async rename(tx, accountId, id, label) {
      const result = await tx
        .updateTable('authenticator')
        .set({ label })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .where('state', '=', 'active')
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async secret(tx, accountId, id) {
      const row = await tx
        .selectFrom('authenticator')
        .select('secret_sealed')
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .where('state', '!=', 'removed')
        .where('frozen_at', 'is', null)
        .executeTakeFirst();
      return row?.secret_sealed ? keyring.open(row.secret_sealed, secretPlace(accountId, id)) : undefined;
    },

    async replaceSecret(tx, accountId, id, secret, channelId, renewedAt) {
      const result = await tx
        .updateTable('authenticator')
        .set({
          secret_sealed: keyring.seal(secret, secretPlace(accountId, id)),
          frozen_at: null,
          ...(channelId === null ? {} : { channel_id: channelId }),
          ...(renewedAt && { created_at: renewedAt }),
        })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .where('state', '=', 'active')
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async freezePassword(tx, accountId, at) {
      await tx
        .updateTable('authenticator')
        .set({ frozen_at: at })
        .where('account_id', '=', accountId)
        .where('type', '=', 'password')
        .where('frozen_at', 'is', null)
        .execute();
    },

    async isPasswordFrozen(tx, accountId) {
      const row = await tx
        .selectFrom('authenticator')
        .select('id')
        .where('account_id', '=', accountId)
        .where('type', '=', 'password')
        .where('frozen_at', 'is not', null)
        .executeTakeFirst();
      return row !== undefined;
    },

    async moveToContact(tx, accountId, from, to) {
      await tx
        .updateTable('authenticator')
        .set({ channel_id: to.channelId })
        .where('account_id', '=', accountId)
        .where('channel_id', '=', from.channelId)
        .execute();
      await tx
        .updateTable('authenticator')
        .set({ contact_id: to.id })
        .where('account_id', '=', accountId)
        .where('contact_id', '=', from.id)
        .execute();
    },

    async spendStep(tx, accountId, id, step) {
      const result = await tx
        .updateTable('authenticator')
        .set({ used_step: step })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .where('state', '!=', 'removed')
        .where('used_step', '<', step)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async usedStep(tx, accountId, id) {
      const row = await tx
        .selectFrom('authenticator')
        .select('used_step')
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row?.used_step;
    },
  };
}
