import type { SessionClients } from '../../flows/account/sessions/sessions.service.ts';

/** Which relying parties a session signed in to, on PostgreSQL. */
export const sessionClientStore: SessionClients = {
  async ofAccount(tx, accountId) {
    const rows = await tx
      .selectFrom('session_client')
      .select(['session_id', 'client_id'])
      .where('account_id', '=', accountId)
      .orderBy('used_at', 'desc')
      .execute();
    return rows.map((row) => ({ sessionId: row.session_id, clientId: row.client_id }));
  },
};
