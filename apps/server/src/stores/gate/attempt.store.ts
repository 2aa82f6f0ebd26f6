import { sql } from 'kysely';
import type { Reservation } from '../../gate/attempts.ts';
import type { AttemptStore } from '../../gate/proving-ports.ts';

/** How many browsers an account is recognised in. */
const RECOGNISED_BROWSERS = 20;

/** Attempt counters and recognised browsers on PostgreSQL. */
export const attemptStore: AttemptStore = {
  async reserve(tx, bucket, rule, now): Promise<Reservation> {
    const { accountId, factor, lane } = bucket;
    const every = rule.pauseEvery ?? 0;
    const pause = sql`${now}::timestamptz + make_interval(secs => least(
      ${rule.firstPauseSeconds}::float8 * power(2, (attempt_bucket.failures + 1) / nullif(${every}::int, 0) - 1),
      ${rule.longestPauseSeconds}::float8))`;
    const counted = await sql<{ failures: number }>`
      insert into attempt_bucket (account_id, factor, lane, failures, until, updated_at)
      values (${accountId}, ${factor}, ${lane}, 1, null, ${now})
      on conflict (account_id, factor, lane) do update set
        failures = attempt_bucket.failures + 1,
        until = case when (attempt_bucket.failures + 1) % nullif(${every}::int, 0) = 0
                     then ${pause} else attempt_bucket.until end,
        updated_at = ${now}
      where (attempt_bucket.until is null or attempt_bucket.until <= ${now})
        and attempt_bucket.failures < ${rule.disableAt}
      returning failures`.execute(tx);
    const row = counted.rows[0];
    if (row) return { granted: true, failures: row.failures };
    const bucketNow = await tx
      .selectFrom('attempt_bucket')
      .select(['failures', 'until'])
      .where('account_id', '=', accountId)
      .where('factor', '=', factor)
      .where('lane', '=', lane)
      .executeTakeFirst();
    const disabled = (bucketNow?.failures ?? 0) >= rule.disableAt;
    return { granted: false, disabled, until: bucketNow?.until ?? null };
  },

  async takeBack(tx, { accountId, factor, lane }, { pauseEvery }, now) {
    await sql`
      update attempt_bucket set
        failures = failures - 1,
        until = case when failures % nullif(${pauseEvery ?? 0}::int, 0) = 0 then null else until end,
        updated_at = ${now}
      where account_id = ${accountId} and factor = ${factor} and lane = ${lane}
        and failures > 0`.execute(tx);
  },

  async release(tx, { accountId, factor, lane }, now) {
    await tx
      .updateTable('attempt_bucket')
      .set({ failures: 0, until: null, updated_at: now })
      .where('account_id', '=', accountId)
      .where('factor', '=', factor)
      .where('lane', '=', lane)
      .execute();
  },

  async reset(tx, accountId, factor) {
    await tx
      .deleteFrom('attempt_bucket')
      .where('account_id', '=', accountId)
      .where('factor', '=', factor)
      .execute();
  },

  async resetAll(tx, accountId) {
    await tx.deleteFrom('attempt_bucket').where('account_id', '=', accountId).execute();
  },

  async pauseUntil(tx, accountId, factor, until, now) {
    const bucket = { account_id: accountId, factor, lane: 'unknown' as const };
    await tx
      .insertInto('attempt_bucket')
      .values({ ...bucket, failures: 0, until, updated_at: now })
      .onConflict((conflict) =>
        conflict.columns(['account_id', 'factor', 'lane']).doUpdateSet({ until, updated_at: now }),
      )
      .execute();
  },

  async pausedUntil(tx, accountId, factor) {
    const row = await tx
      .selectFrom('attempt_bucket')
      .select('until')
      .where('account_id', '=', accountId)
      .where('factor', '=', factor)
      .where('lane', '=', 'unknown')
      .executeTakeFirst();
    return row?.until ?? undefined;
  },

  async isRecognised(tx, accountId, secretHash) {
    const row = await tx
      .selectFrom('recognised_browser')
      .select('last_success')
      .where('account_id', '=', accountId)
      .where('secret_hash', '=', secretHash)
      .executeTakeFirst();
    return row !== undefined;
  },

  async recognise(tx, accountId, secretHash, previousHash, now) {
    await tx
      .with('forgotten', (with_) =>
        with_
          .deleteFrom('recognised_browser')
          .where('account_id', '=', accountId)
          .where((eb) =>
            eb.or([
              eb('secret_hash', '=', previousHash),
              eb('secret_hash', 'in', (among) =>
                among
                  .selectFrom('recognised_browser')
                  .select('secret_hash')
                  .where('account_id', '=', accountId)
                  .orderBy('last_success', 'desc')
                  .offset(RECOGNISED_BROWSERS - 1),
              ),
            ]),
          ),
      )
      .insertInto('recognised_browser')
      .values({ account_id: accountId, secret_hash: secretHash, last_success: now })
      .execute();
  },

  async forgetBrowsers(tx, accountId) {
    await tx.deleteFrom('recognised_browser').where('account_id', '=', accountId).execute();
  },
};
