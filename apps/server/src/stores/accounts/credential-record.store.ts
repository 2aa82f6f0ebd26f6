import type { CredentialRecord } from '../../identities/credential-life.ts';
import { uuidv7 } from '../../platform/ids.ts';

/** The record of credentials on PostgreSQL. An app is one, by its device. */
export const credentialRecordStore: CredentialRecord = {
  async note(tx, accountId, { credentialId, method, event, at }) {
    await tx
      .insertInto('credential_event')
      .values({
        account_id: accountId,
        id: uuidv7(at.getTime()),
        credential_id: credentialId,
        method,
        event,
        at,
      })
      .execute();
  },

  async noted(tx, accountId) {
    const rows = await tx
      .selectFrom('credential_event')
      .selectAll()
      .where('account_id', '=', accountId)
      .orderBy('id')
      .execute();
    return rows.map(({ credential_id: credentialId, method, event, at }) => ({
      credentialId,
      method,
      event,
      at,
    }));
  },

  async held(tx, accountId) {
    const rows = await tx
      .selectFrom('authenticator')
      .select(['id', 'type', 'state', 'created_at'])
      .where('account_id', '=', accountId)
      .execute();
    const apps = await tx
      .selectFrom('device')
      .select(['id', 'state', 'created_at'])
      .where('account_id', '=', accountId)
      .execute();
    return [
      ...rows.map((row) => ({
        id: row.id,
        method: row.type,
        state: row.state,
        createdAt: row.created_at,
      })),
      ...apps.map((row) => ({
        id: row.id,
        method: 'app',
        state: row.state === 'removed' ? ('removed' as const) : ('active' as const),
        createdAt: row.created_at,
      })),
    ];
  },
};
