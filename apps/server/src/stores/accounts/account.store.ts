import type { AccountWriter, NewAccount } from '../../gate/account-ports.ts';
import type { Standing } from '../../gate/ports.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { loadContact, loadProver, toAuthenticator } from './load-prover.ts';

/** A new account as its row holds it. */
export function accountRow({ id, userId, language, at, kind = 'holder' }: NewAccount): Tables['account'] {
  const chosen = { language, code_delivery: null, use_notices: 'off' as const, use_failures: false };
  return { id, user_id: userId, kind, status: 'active', epoch: 0, ...chosen, created_at: at };
}

/** Accounts on PostgreSQL. */
export function accountStore(keyring: Keyring): AccountWriter {
  return {
    load: (tx, accountId) => loadProver(tx, keyring, accountId),

    findHolder: (tx, accountId) =>
      tx
        .selectFrom('account')
        .select(['id', 'user_id as userId', 'status'])
        .where('id', '=', accountId)
        .executeTakeFirst(),

    async loadPending(tx, accountId, authenticatorId, now) {
      const row = await tx
        .selectFrom('authenticator')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('id', '=', authenticatorId)
        .where('state', '=', 'pending')
        .where('expires_at', '>', now)
        .executeTakeFirst();
      if (!row) return undefined;
      const authenticator = toAuthenticator(row);
      if (row.contact_id === null) return { authenticator, contact: null };
      // A number that was corrected meanwhile takes what was begun for it along.
      const contact = await loadContact(tx, keyring, accountId, row.contact_id);
      return contact && { authenticator, contact };
    },

    async lock(tx, accountId) {
      await tx.selectFrom('account').select('id').where('id', '=', accountId).forNoKeyUpdate().execute();
    },

    async lockInEpoch(tx, accountId, epoch, status) {
      const row = await inEpoch(tx, accountId, epoch, status).forNoKeyUpdate().executeTakeFirst();
      return row !== undefined;
    },

    async holdEpoch(tx, accountId, epoch) {
      const row = await inEpoch(tx, accountId, epoch).forShare().executeTakeFirst();
      return row !== undefined;
    },

    async raiseEpoch(tx, accountId) {
      const row = await tx
        .updateTable('account')
        .set((eb) => ({ epoch: eb('epoch', '+', 1) }))
        .where('id', '=', accountId)
        .returning('epoch')
        .executeTakeFirstOrThrow();
      return row.epoch;
    },

    async close(tx, accountId) {
      const { numUpdatedRows } = await tx
        .updateTable('account')
        .set((eb) => ({ status: 'closed', epoch: eb('epoch', '+', 1) }))
        .where('id', '=', accountId)
        .where('status', '<>', 'closed')
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async setStanding(tx, accountId, status) {
      const { numUpdatedRows } = await tx
        .updateTable('account')
        .set((eb) => ({ status, epoch: eb('epoch', '+', 1) }))
        .where('id', '=', accountId)
        .where('status', '<>', 'closed')
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async confirmContact(tx, accountId, contactId, now) {
      const result = await tx
        .updateTable('contact')
        .set((eb) => ({ verified_at: eb.fn.coalesce('verified_at', eb.val(now)) }))
        .where('account_id', '=', accountId)
        .where('id', '=', contactId)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async ownPassword(tx, accountId) {
      await tx
        .updateTable('authenticator')
        .set((eb) => ({ channel_id: eb.ref('id') }))
        .where('account_id', '=', accountId)
        .where('type', '=', 'password')
        .where('state', '=', 'active')
        .execute();
    },

    async markUsed(tx, accountId, authenticatorId, now) {
      await tx
        .updateTable('authenticator')
        .set({ last_used_at: now })
        .where('account_id', '=', accountId)
        .where('id', '=', authenticatorId)
        .execute();
    },

    async create(tx, account) {
      await tx.insertInto('account').values(accountRow(account)).execute();
    },

    async setClosed(tx, accountId, closed) {
      const [from, to] = closed ? (['active', 'closed'] as const) : (['closed', 'active'] as const);
      const result = await tx
        .updateTable('account')
        .set({ status: to })
        .where('id', '=', accountId)
        .where('status', '=', from)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async setUseNotices(tx, accountId, { by, failures }) {
      const wanted = { use_notices: by, use_failures: failures };
      await tx.updateTable('account').set(wanted).where('id', '=', accountId).execute();
    },

    async setCodeDelivery(tx, accountId, delivery) {
      await tx.updateTable('account').set({ code_delivery: delivery }).where('id', '=', accountId).execute();
    },

    async setLanguage(tx, accountId, language) {
      await tx.updateTable('account').set({ language }).where('id', '=', accountId).execute();
    },
  };
}

const inEpoch = (tx: Tx, accountId: string, epoch: number, status: Standing = 'active') =>
  tx
    .selectFrom('account')
    .select('id')
    .where('id', '=', accountId)
    .where('status', '=', status)
    .where('epoch', '=', epoch);
