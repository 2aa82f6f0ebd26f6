import { sql } from 'kysely';
import type { Challenge } from '../../gate/model.ts';
import type { ChallengeStore } from '../../gate/proving-ports.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { uuidv7Floor } from '../../platform/ids.ts';
import { fromHex, toHex } from './hex.ts';
import { idsAround } from './ids-around.ts';

/** Challenges on PostgreSQL; open → proven | void | exhausted | refused, each move one conditional statement. */
export const challengeStore: ChallengeStore = {
  async insert(tx, challenge, state) {
    await tx
      .insertInto('challenge')
      .values({
        prover_id: challenge.proverId,
        id: challenge.id,
        ceremony_id: challenge.ceremonyId,
        slot: challenge.slot,
        method: challenge.method,
        target: challenge.target,
        operation_digest: fromHex(challenge.operationDigest),
        state,
        question: challenge.question === null ? null : JSON.stringify(challenge.question),
        secret_hash: challenge.secretHash,
        tries: challenge.tries,
        created_at: challenge.createdAt,
        expires_at: challenge.expiresAt,
      })
      .execute();
  },

  async voidOpen(tx, challenge) {
    const { from, to } = idsAround(challenge.createdAt);
    await tx
      .updateTable('challenge')
      .set({ state: 'void' })
      .where('prover_id', '=', challenge.proverId)
      .where('id', '>=', from)
      .where('id', '<', to)
      .where('ceremony_id', '=', challenge.ceremonyId)
      .where('slot', '=', challenge.slot)
      .where('state', '=', 'open')
      .execute();
  },

  async find(tx, key) {
    const row = await tx
      .selectFrom('challenge')
      .selectAll()
      .where('prover_id', '=', key.proverId)
      .where('id', '=', key.id)
      .where('ceremony_id', '=', key.ceremonyId)
      .executeTakeFirst();
    return row && toChallenge(row);
  },

  async newest(tx, ceremony, now) {
    const { from, to } = idsAround(ceremony.createdAt);
    const row = await tx
      .selectFrom('challenge')
      .selectAll()
      .select(isOpen(now).as('is_open'))
      .where('prover_id', '=', ceremony.proverId)
      .where('ceremony_id', '=', ceremony.id)
      .where('id', '>=', from)
      .where('id', '<', to)
      .where((eb) => eb.or([isOpen(now), eb('question', 'is not', null)]))
      .orderBy('is_open', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && { ...toChallenge(row), state: row.state, isOpen: row.is_open };
  },

  async openQuestions(tx, proverId, now) {
    const rows = await questionsOf(tx, proverId, new Date(now.getTime() - LONGEST_QUESTION_MS))
      .selectAll()
      .where('state', '=', 'open')
      .where('expires_at', '>', now)
      .execute();
    return rows.map(toChallenge);
  },

  async askedSince(tx, proverId, since) {
    const rows = await questionsOf(tx, proverId, since).select(['id', 'created_at', 'state']).execute();
    return rows.map((row) => ({ id: row.id, at: row.created_at, state: row.state }));
  },

  async voidQuestionsBut(tx, challenge) {
    await tx
      .updateTable('challenge')
      .set({ state: 'void' })
      .where('prover_id', '=', challenge.proverId)
      .where('id', '>=', uuidv7Floor(challenge.createdAt.getTime() - LONGEST_QUESTION_MS))
      .where('id', '<>', challenge.id)
      .where('question', 'is not', null)
      .where('state', '=', 'open')
      .execute();
  },

  async giveBackTry(tx, challenge) {
    await tx
      .updateTable('challenge')
      .set((eb) => ({ tries: eb('tries', '-', 1) }))
      .where('prover_id', '=', challenge.proverId)
      .where('id', '=', challenge.id)
      .where('tries', '>', 0)
      .execute();
  },

  async takeTry(tx, challenge, limit, now) {
    return tx
      .updateTable('challenge')
      .set((eb) => ({ tries: eb('tries', '+', 1) }))
      .where('prover_id', '=', challenge.proverId)
      .where('id', '=', challenge.id)
      .where('state', '=', 'open')
      .where('expires_at', '>', now)
      .where('tries', '<', limit)
      .returning('tries')
      .executeTakeFirst();
  },

  async settle(tx, challenge, state, now) {
    const result = await tx
      .updateTable('challenge')
      .set({ state })
      .where('prover_id', '=', challenge.proverId)
      .where('id', '=', challenge.id)
      .where('state', '=', 'open')
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  },
};

const isOpen = (now: Date) => sql<boolean>`(state = 'open' and expires_at > ${now})`;

/** No question waits for longer. */
const LONGEST_QUESTION_MS = 10 * 60 * 1000;

/** What was asked of an account's apps since then, the newest first: by the time in the ids, which are the key. */
const questionsOf = (tx: Tx, proverId: string, since: Date) =>
  tx
    .selectFrom('challenge')
    .where('prover_id', '=', proverId)
    .where('id', '>=', uuidv7Floor(since.getTime()))
    .where('question', 'is not', null)
    .orderBy('id', 'desc');

function toChallenge(row: Tables['challenge']): Challenge {
  return {
    id: row.id,
    proverId: row.prover_id,
    ceremonyId: row.ceremony_id,
    slot: row.slot,
    method: row.method,
    target: row.target,
    operationDigest: toHex(row.operation_digest),
    question: row.question as Challenge['question'],
    secretHash: row.secret_hash,
    tries: row.tries,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
