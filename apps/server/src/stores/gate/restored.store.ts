import { LOOK_AHEAD } from '@sigillo/otp';
import { type RawBuilder, sql } from 'kysely';
import type { RestoredStore } from '../../flows/operator/restore/after-restore.service.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { revokeAgain } from './revoke-again.ts';

/**
 * Far beyond how often one account signs out everywhere between a backup and its return: what was given out
 * meanwhile is of none of the epochs that follow.
 */
const EPOCHS = 1_000_000;
const TIME_STEP_MS = 30_000;

type Ending = (now: Date) => RawBuilder<unknown>;

/** What must not be open any more, by its table. A test holds it against every table that there is. */
export const ENDINGS = {
  account: () => sql`update account set epoch = epoch + ${EPOCHS}`,
  session: (now) => sql`update session set ended_at = ${now} where ended_at is null`,
  capability: () => sql`update capability set uses_left = 0 where uses_left > 0`,
  operation: () => sql`update operation set state = 'expired' where state in ('waiting', 'approved')`,
  ceremony: () => sql`update ceremony set state = 'abandoned' where state = 'open'`,
  challenge: () => sql`update challenge set state = 'void' where state = 'open'`,
  qr_ticket: () => sql`update qr_ticket set state = 'void' where state in ('pending', 'scanned', 'approved')`,
  pairing: () => sql`update pairing set state = 'void' where state = 'waiting'`,
  typed_ticket: (now) => sql`update typed_ticket set expires_at = ${now} where expires_at > ${now}`,
  // Whoever thinks better of an erasure may, by the link they have: of one that was stopped or done since it stops nothing.
  link_token: (now) => sql`
    update link_token set expires_at = ${now} where expires_at > ${now} and purpose <> 'cancel-erasure'`,
  registration: (now) => sql`update registration set expires_at = ${now} where expires_at > ${now}`,
  oidc_artifact: (now) => sql`update oidc_artifact set expires_at = ${now} where expires_at > ${now}`,
  holder_file: (now) => sql`update holder_file set expires_at = ${now} where expires_at > ${now}`,
  // They were sent, or say what is not true any more.
  outbox_pending: () => sql`delete from outbox_pending`,
} satisfies Partial<Record<keyof Tables, Ending>>;

async function endAllOpen(tx: Tx, now: Date): Promise<void> {
  for (const ending of Object.values<Ending>(ENDINGS)) await ending(now).execute(tx);
  await spendCodesUntil(tx, now);
}

/** Codes of authenticators that were used since the backup would be good again as long as their time lasts. */
async function spendCodesUntil(tx: Tx, now: Date): Promise<void> {
  // A code of the step to come is good already, for clocks that are a little ahead.
  const step = Math.floor(now.getTime() / TIME_STEP_MS) + 1;
  await sql`update authenticator set used_step = greatest(used_step, ${step}) where type = 'totp'`.execute(
    tx,
  );
  await sql`update device set used_step = greatest(used_step, ${step})`.execute(tx);
  await spendTokenCodes(tx, now);
}

/**
 * Of a token with a clock as of an app, by its own clock. Of one that counts nobody knows how often it was used since:
 * as many codes as it may be ahead are spent, and whoever used more types two consecutive ones.
 */
async function spendTokenCodes(tx: Tx, now: Date): Promise<void> {
  const seconds = Math.floor(now.getTime() / 1000);
  await sql`
    update authenticator set used_step = case held_token.kind
      when 'totp' then greatest(used_step, ${seconds}::bigint / held_token.step_seconds + held_token.drift_steps + 1)
      else used_step + ${LOOK_AHEAD} + 1 end
    from held_token
    where held_token.account_id = authenticator.account_id and held_token.authenticator_id = authenticator.id`.execute(
    tx,
  );
}

async function missingAudit(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from unnest(${ids}::uuid[]) as given (id)
    where not exists (select from audit where audit.id = given.id)`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** A restored database on PostgreSQL. */
export const restoredStore: RestoredStore = { endAllOpen, missingAudit, revokeAgain };
