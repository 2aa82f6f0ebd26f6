import { sql } from 'kysely';
import type { ConsentStore } from '../../protocols/oidc/ports.ts';

/** Consents on PostgreSQL: one row for an account and a relying party. */
export const consentStore: ConsentStore = {
  async find(tx, accountId, clientId) {
    const row = await tx
      .selectFrom('consent')
      .select(['scopes', 'granted_at'])
      .where('account_id', '=', accountId)
      .where('client_id', '=', clientId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return row && { clientId, scopes: row.scopes, grantedAt: row.granted_at };
  },

  async list(tx, accountId) {
    const rows = await tx
      .selectFrom('consent')
      .select(['client_id', 'scopes', 'granted_at'])
      .where('account_id', '=', accountId)
      .where('revoked_at', 'is', null)
      .orderBy('granted_at', 'desc')
      .execute();
    return rows.map((row) => ({
      clientId: row.client_id,
      scopes: row.scopes,
      grantedAt: row.granted_at,
    }));
  },

  async allow(tx, accountId, clientId, scopes, now) {
    // A consent after a withdrawal has a later time than every one before it, whichever node's clock gave it.
    await sql`
      insert into consent (account_id, client_id, scopes, granted_at, revoked_at)
      values (${accountId}, ${clientId}, ${scopes}, ${now}, null)
      on conflict (account_id, client_id) do update set
        scopes = case when consent.revoked_at is not null then excluded.scopes
          else array(select distinct unnest(consent.scopes || excluded.scopes) order by 1) end,
        granted_at = case when consent.revoked_at is null then consent.granted_at
          else greatest(excluded.granted_at, consent.granted_at + interval '1 millisecond') end,
        revoked_at = null`.execute(tx);
  },

  async withdraw(tx, accountId, clientId, now) {
    const result = await tx
      .updateTable('consent')
      .set({ revoked_at: now })
      .where('account_id', '=', accountId)
      .where('client_id', '=', clientId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  },
};
