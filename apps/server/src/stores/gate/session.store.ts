import { sql } from 'kysely';
import type { AccountKind, Session, SessionEvidence } from '../../gate/model.ts';
import type { Liveness, SessionStore } from '../../gate/ports.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { noticeEnded } from './ended-sessions.ts';

type Key = { accountId: string; id: string };

/** Sessions on PostgreSQL: alive only together with their account, in the epoch they were opened in. */
export const sessionStore: SessionStore = {
  async insert(tx, session, tokenHash) {
    await tx
      .insertInto('session')
      .values({
        account_id: session.accountId,
        id: session.id,
        token_hash: tokenHash,
        epoch: session.epoch,
        evidence: JSON.stringify(session.evidence),
        client_address: session.clientAddress,
        user_agent: session.userAgent,
        created_at: session.createdAt,
        last_seen_at: session.lastSeenAt,
        expires_at: session.expiresAt,
        ended_at: null,
      })
      .execute();
  },

  async findLive(tx, key, tokenHash, live) {
    const row = await livingSession(tx, key, live)
      .where('session.token_hash', '=', tokenHash)
      .executeTakeFirst();
    return row && toSession(row);
  },

  async lockLive(tx, key, live) {
    const row = await livingSession(tx, key, live).forShare().executeTakeFirst();
    return row && toSession(row);
  },

  async touch(tx, key, now) {
    await tx
      .updateTable('session')
      .set({ last_seen_at: now })
      .where('account_id', '=', key.accountId)
      .where('id', '=', key.id)
      .where('ended_at', 'is', null)
      .execute();
  },

  async raise(tx, session, evidence, tokenHash, live) {
    const alive = await livingSession(tx, session, live).forNoKeyUpdate('session').executeTakeFirst();
    if (!alive) return false;
    const result = await tx
      .updateTable('session')
      .set({ evidence: JSON.stringify(evidence), token_hash: tokenHash, last_seen_at: live.now })
      .where('account_id', '=', session.accountId)
      .where('id', '=', session.id)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  },

  async moveToEpoch(tx, key, epoch) {
    await tx
      .updateTable('session')
      .set({ epoch })
      .where('account_id', '=', key.accountId)
      .where('id', '=', key.id)
      .where('ended_at', 'is', null)
      .execute();
  },

  async end(tx, key, now) {
    const ended = await tx
      .updateTable('session')
      .set({ ended_at: now })
      .where('account_id', '=', key.accountId)
      .where('id', '=', key.id)
      .where('ended_at', 'is', null)
      .returning('id')
      .execute();
    await noticeEnded(tx, key.accountId, ended, now);
    return ended.length === 1;
  },

  async endAll(tx, accountId, exceptId, now) {
    const all = tx
      .updateTable('session')
      .set({ ended_at: now })
      .where('account_id', '=', accountId)
      .where('ended_at', 'is', null);
    const ending = exceptId === null ? all : all.where('id', '!=', exceptId);
    const ended = await ending.returning('id').execute();
    await noticeEnded(tx, accountId, ended, now);
    return ended.length;
  },

  async endBeyond(tx, accountId, keep, live) {
    const { rows } = await sql<{ id: string }>`
      update session set ended_at = ${live.now}
      where account_id = ${accountId} and id in (
        select id from session
        where account_id = ${accountId} and ended_at is null
          and expires_at > ${live.now} and last_seen_at > ${live.idleSince}
        order by id desc offset ${keep})
      returning id`.execute(tx);
    await noticeEnded(tx, accountId, rows, live.now);
    return rows.length;
  },

  async list(tx, accountId, live) {
    const rows = await living(tx, live)
      .where('session.account_id', '=', accountId)
      .orderBy('session.last_seen_at', 'desc')
      .execute();
    return rows.map(toSession);
  },
};

/** Rows are locked in the order in which the tables are named: the account first, as everywhere. */
function living(tx: Tx, live: Liveness) {
  return tx
    .selectFrom('account')
    .innerJoin('session', 'session.account_id', 'account.id')
    .selectAll('session')
    .select('account.kind as account_kind')
    .where('session.ended_at', 'is', null)
    .where('session.expires_at', '>', live.now)
    .where('session.last_seen_at', '>', live.idleSince)
    .where('account.status', '=', 'active')
    .whereRef('account.epoch', '=', 'session.epoch');
}

function livingSession(tx: Tx, key: Key, live: Liveness) {
  return living(tx, live).where('session.account_id', '=', key.accountId).where('session.id', '=', key.id);
}

function toSession(row: Tables['session'] & { account_kind: AccountKind }): Session {
  return {
    accountId: row.account_id,
    accountKind: row.account_kind,
    id: row.id,
    epoch: row.epoch,
    evidence: row.evidence as SessionEvidence[],
    clientAddress: row.client_address,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
  };
}
