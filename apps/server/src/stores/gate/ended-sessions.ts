import { sql } from 'kysely';
import type { Tx } from '../../platform/database/database.ts';

/**
 * Leaves a notice for every relying party that ended sessions had signed in to and that wants to be told (OpenID
 * Connect Back-Channel Logout). A statement of its own, after the one that ended them: it sees what was signed in
 * to while that one waited.
 */
export async function noticeEnded(
  tx: Tx,
  accountId: string,
  ended: readonly { id: string }[],
  now: Date,
): Promise<void> {
  if (ended.length === 0) return;
  const ids = ended.map(({ id }) => id);
  await sql`
    insert into logout_notice (account_id, session_id, client_id, sid, ended_at, attempts, due_at)
    select signed_in.account_id, signed_in.session_id, signed_in.client_id, signed_in.sid, ${now}, 0, ${now}
    from session_client signed_in
    join relying_party party on party.client_id = signed_in.client_id
    where signed_in.account_id = ${accountId} and signed_in.session_id = any(${ids}::uuid[])
      and party.metadata ? 'backchannel_logout_uri' and party.disabled_at is null
    on conflict do nothing`.execute(tx);
}
