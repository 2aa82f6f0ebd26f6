import type { SessionClientStore } from '../../protocols/oidc/ports.ts';

/** Which relying parties a session signed in to, on PostgreSQL. */
export const sessionClientStore: SessionClientStore = {
  async ofSession(tx, session) {
    const rows = await tx
      .selectFrom('session_client')
      .select(['client_id', 'sid', 'grant_id'])
      .where('account_id', '=', session.accountId)
      .where('session_id', '=', session.id)
      .execute();
    return rows.map((row) => ({ clientId: row.client_id, sid: row.sid, grantId: row.grant_id }));
  },

  async ofAccount(tx, accountId) {
    const rows = await tx
      .selectFrom('session_client')
      .select(['session_id', 'client_id'])
      .where('account_id', '=', accountId)
      .orderBy('used_at', 'desc')
      .execute();
    return rows.map((row) => ({ sessionId: row.session_id, clientId: row.client_id }));
  },

  async record(tx, session, client, now) {
    const latest = { sid: client.sid, grant_id: client.grantId, used_at: now };
    await tx
      .insertInto('session_client')
      .values({
        account_id: session.accountId,
        session_id: session.id,
        client_id: client.clientId,
        ...latest,
      })
      .onConflict((conflict) =>
        conflict.columns(['account_id', 'session_id', 'client_id']).doUpdateSet(latest),
      )
      .execute();
  },

  async forget(tx, session, clientId) {
    await tx
      .deleteFrom('session_client')
      .where('account_id', '=', session.accountId)
      .where('session_id', '=', session.id)
      .where('client_id', '=', clientId)
      .execute();
  },
};
