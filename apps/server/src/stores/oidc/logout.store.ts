import { sql } from 'kysely';
import { type Db, inTransaction, type Tx } from '../../platform/database/database.ts';
import type { DeadLogout, LogoutNotice, LogoutStore } from '../../protocols/oidc/logout-ports.ts';

/** Relying parties to be told that a session ended, on PostgreSQL. */
export function logoutStore(db: Db): LogoutStore {
  return {
    async lease({ now, leasedUntil, parties, perParty, busy }) {
      const isDue = sql`due_at <= ${now} and (leased_until is null or leased_until <= ${now})`;
      // Rows that another node is taking are passed over.
      const { rows } = await sql<Omit<LogoutNotice, 'leasedUntil'>>`
        with waiting as (
          select client_id from logout_notice where ${isDue} and client_id <> all(${busy}::text[])
          group by client_id order by min(due_at) limit ${parties}
        ), due as (
          select notice.* from waiting cross join lateral (
            select account_id, session_id, client_id from logout_notice
            where client_id = waiting.client_id and ${isDue}
            order by due_at limit ${perParty} for update skip locked) notice
        )
        update logout_notice notice set leased_until = ${leasedUntil} from due
        where notice.account_id = due.account_id and notice.session_id = due.session_id
          and notice.client_id = due.client_id
        returning notice.account_id as "accountId", notice.session_id as "sessionId",
          notice.client_id as "clientId", notice.sid, notice.ended_at as "endedAt", notice.attempts`.execute(
        db,
      );
      return rows.map((row) => ({ ...row, leasedUntil }));
    },

    async done({ accountId, sessionId, clientId }) {
      await db
        .deleteFrom('logout_notice')
        .where('account_id', '=', accountId)
        .where('session_id', '=', sessionId)
        .where('client_id', '=', clientId)
        .execute();
    },

    async retry({ accountId, sessionId, clientId, attempts, leasedUntil }, dueAt) {
      await db
        .updateTable('logout_notice')
        .set({ due_at: dueAt, leased_until: null, attempts: attempts + 1 })
        .where('account_id', '=', accountId)
        .where('session_id', '=', sessionId)
        .where('client_id', '=', clientId)
        .where('leased_until', '=', leasedUntil)
        .execute();
    },

    giveUp: ({ accountId, sessionId, clientId, leasedUntil }, reason, now) =>
      inTransaction(db, async (tx) => {
        await sql`
          with given_up as (
            delete from logout_notice
            where account_id = ${accountId} and session_id = ${sessionId} and client_id = ${clientId}
              and leased_until = ${leasedUntil}
            returning *
          )
          insert into logout_dead (account_id, session_id, client_id, sid, ended_at, given_up_at, attempts, reason)
          select account_id, session_id, client_id, sid, ended_at, ${now}, attempts + 1, ${reason} from given_up
          on conflict do nothing`.execute(tx);
      }),

    dead: (limit) => deadLogouts(db, limit),
    revive,
  };
}

async function revive(tx: Tx, clientIds: readonly string[], now: Date, limit: number): Promise<DeadLogout[]> {
  const { rows } = await sql<DeadLogout>`
    with chosen as (
      select account_id, session_id, client_id from logout_dead
      where cardinality(${clientIds}::text[]) = 0 or client_id = any(${clientIds}::text[])
      order by given_up_at limit ${limit} for update skip locked
    ), revived as (
      delete from logout_dead dead using chosen
      where dead.account_id = chosen.account_id and dead.session_id = chosen.session_id
        and dead.client_id = chosen.client_id
      returning dead.*
    ), queued as (
      insert into logout_notice (account_id, session_id, client_id, sid, ended_at, attempts, due_at)
      select account_id, session_id, client_id, sid, ended_at, 0, ${now} from revived
      on conflict do nothing
    )
    select client_id as "clientId", account_id as "accountId", session_id as "sessionId", ended_at as "endedAt",
      given_up_at as "givenUpAt", attempts, reason from revived`.execute(tx);
  return rows;
}

async function deadLogouts(db: Db, limit: number): Promise<DeadLogout[]> {
  const rows = await db
    .selectFrom('logout_dead')
    .selectAll()
    .orderBy('given_up_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    clientId: row.client_id,
    accountId: row.account_id,
    sessionId: row.session_id,
    endedAt: row.ended_at,
    givenUpAt: row.given_up_at,
    attempts: row.attempts,
    reason: row.reason,
  }));
}
