import { evidenceKeptUntil, romeDayOf } from '@sigillo/identity';
import { sql } from 'kysely';
import type { Revocation } from '../../platform/audit/revocations.ts';
import type { Tx } from '../../platform/database/database.ts';

/** Revokes an identity that was revoked since the backup, as of when it was; its number is free again. */
export async function revokeIdentityAgain(
  tx: Tx,
  { accountId, atMs, what }: Revocation,
  now: Date,
): Promise<void> {
  const [id = '', cause = ''] = (what ?? '').split(' ');
  const one = sql`account_id = ${accountId} and identity_id = ${id}`;
  const { rows } = await sql`
    with before as (
      select state, version from identity where account_id = ${accountId} and id = ${id} and state <> 'revoked'
    ), after as (
      update identity set state = 'revoked', version = before.version + 1
      from before where account_id = ${accountId} and id = ${id}
    )
    insert into identity_move (account_id, identity_id, version, at, move, cause, actor, from_state, to_state)
    select ${accountId}, ${id}, version + 1, ${new Date(atMs)}, 'revoke', ${cause}, 'platform', state, 'revoked'
    from before returning version`.execute(tx);
  if (rows.length === 0) return;
  await sql`delete from identity_cause where ${one}`.execute(tx);
  const endsOn = evidenceKeptUntil(romeDayOf(atMs), { wasIssued: true });
  await sql`
    with freed as (delete from identity_name where ${one} and kind = 'fiscal-number' returning hmac)
    insert into past_number (hmac, account_id, identity_id, ends_on)
    select hmac, ${accountId}, ${id}, ${endsOn} from freed`.execute(tx);
  await sql`
    insert into identity_agenda (account_id, identity_id, due_at) values (${accountId}, ${id}, ${now})
    on conflict (account_id, identity_id) do update set due_at = excluded.due_at`.execute(tx);
}
