import { sql } from 'kysely';
import { CANCEL_MS } from '../../flows/account/privacy/times.ts';
import { LONGEST_HOLD_DAYS } from '../../gate/holds.ts';
import type { Revocation } from '../../platform/audit/revocations.ts';
import { DAY_MS } from '../../platform/clock/clock.ts';
import type { Tx } from '../../platform/database/database.ts';
import { eraseAgain, keepAgain } from './erase-again.ts';
import { revokeIdentityAgain } from './revoke-identity-again.ts';

/** Does again in a restored database what was done since the backup. @throws RangeError for what nobody knows */
export async function revokeAgain(tx: Tx, revocation: Revocation, now: Date): Promise<void> {
  const { type, accountId, what } = revocation;
  switch (type) {
    case 'reset-completed':
    case 'password-changed':
      return takePassword(tx, accountId);
    case 'account-contained':
      await sql`update authenticator set frozen_at = ${now}
        where account_id = ${accountId} and type = 'password'`.execute(tx);
      return;
    case 'factor-removed':
      return takeFactors(tx, accountId, what);
    case 'device-removed':
      return stopDevices(tx, accountId, what, 'removed');
    case 'device-frozen':
    case 'device-locked-out':
      return stopDevices(tx, accountId, what, 'locked');
    case 'second-factor-recovered':
      await takeFactors(tx, accountId, null);
      await stopDevices(tx, accountId, null, 'removed');
      return takePassword(tx, accountId);
    case 'recovery-codes-issued':
    case 'recovery-code-spent':
      await sql`update recovery_code set used_at = ${now} where account_id = ${accountId} and used_at is null`.execute(
        tx,
      );
      return;
    case 'account-suspended':
      return suspendAgain(tx, accountId, what, now);
    case 'consent-revoked':
      await sql`update consent set revoked_at = ${now}
        where account_id = ${accountId} and client_id = ${what} and revoked_at is null`.execute(tx);
      return;
    case 'account-closed':
      return closeAgain(tx, accountId);
    case 'operator-removed':
    case 'operator-roles-changed':
      return takeRoles(tx, revocation);
    case 'identity-revoked':
      return revokeIdentityAgain(tx, revocation, now);
    case 'erasure-requested':
      return eraseAgain(tx, accountId, now, new Date(revocation.atMs + CANCEL_MS));
    case 'erasure-cancelled':
      return keepAgain(tx, accountId, now);
    case 'account-erased':
      return eraseAgain(tx, what ?? '', now, now);
    default:
      throw new RangeError(`nobody knows how to revoke ${type} again`);
  }
}

async function takePassword(tx: Tx, accountId: string): Promise<void> {
  await sql`update authenticator set secret_sealed = null
    where account_id = ${accountId} and type = 'password'`.execute(tx);
}

/** @param id null for all second factors */
async function takeFactors(tx: Tx, accountId: string, id: string | null): Promise<void> {
  await sql`update authenticator set state = 'removed', secret_sealed = null
    where account_id = ${accountId} and type <> 'password' and (${id}::uuid is null or id = ${id})`.execute(
    tx,
  );
  await sql`
    with given_up as (
      delete from held_token
      where account_id = ${accountId} and (${id}::uuid is null or authenticator_id = ${id}) returning serial
    )
    update hardware_token set state = 'revoked', seed_sealed = null
    where serial in (select serial from given_up)`.execute(tx);
  await sql`delete from passkey
    where account_id = ${accountId} and (${id}::uuid is null or authenticator_id = ${id})`.execute(tx);
}

/** @param id null for all of them */
async function stopDevices(tx: Tx, accountId: string, id: string | null, state: string): Promise<void> {
  await sql`update device set state = ${state}, share_sealed = null, next_share_sealed = null,
      seed_sealed = null, push_sealed = null
    where account_id = ${accountId} and state <> 'removed' and (${id}::uuid is null or id = ${id})`.execute(
    tx,
  );
}

/** Also one that was lifted since: its holder lifts it once more. */
async function suspendAgain(tx: Tx, accountId: string, cause: string | null, now: Date): Promise<void> {
  const until = cause === 'suspected-abuse' ? null : new Date(now.getTime() + LONGEST_HOLD_DAYS * DAY_MS);
  await sql`
    insert into account_hold (account_id, cause, since, until, due_at, set_by, reason)
    select id, ${cause}, ${now}, ${until}::timestamptz, ${until}::timestamptz, 'platform', 'restored'
    from account where id = ${accountId} and status <> 'closed'
    on conflict do nothing`.execute(tx);
  await sql`update account set status = 'suspended' where id = ${accountId} and status = 'active'`.execute(
    tx,
  );
  await sql`
    insert into identity_cause (account_id, identity_id, cause, since, until)
    select account_id, id, ${cause}, ${now}, ${until}::timestamptz from identity
    where account_id = ${accountId} and state in ('active', 'suspended')
    on conflict do nothing`.execute(tx);
  await sql`
    update identity set state = 'suspended', version = version + 1
    where account_id = ${accountId} and state = 'active'`.execute(tx);
}

/** What an account is closed by that its last identity was revoked with. */
async function closeAgain(tx: Tx, accountId: string): Promise<void> {
  await takePassword(tx, accountId);
  await takeFactors(tx, accountId, null);
  await stopDevices(tx, accountId, null, 'removed');
  await sql`delete from identifier where account_id = ${accountId} and kind = 'email'`.execute(tx);
  await sql`update account set status = 'closed' where id = ${accountId}`.execute(tx);
}

/** Only ever takes roles away: the file that says so is not sealed. */
async function takeRoles(tx: Tx, { type, accountId, what }: Revocation): Promise<void> {
  const left = type === 'operator-removed' ? [] : (what ?? '').split(/[\s,]+/);
  await sql`delete from operator_role where account_id = ${accountId} and role <> all(${left}::text[])`.execute(
    tx,
  );
  if (type !== 'operator-removed') return;
  await sql`update operator set state = 'removed' where account_id = ${accountId}`.execute(tx);
  await takePassword(tx, accountId);
  await takeFactors(tx, accountId, null);
}
