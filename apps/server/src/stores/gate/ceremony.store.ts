import type { Level, Policy } from '@sigillo/assurance';
import { sql } from 'kysely';
import type { Ceremony, CeremonyContext, StoredEvidence } from '../../gate/model.ts';
import type { CeremonyStore } from '../../gate/proving-ports.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { fromHex, toHex } from './hex.ts';
import { idsAround } from './ids-around.ts';

/** Ceremonies, their parties and their evidence on PostgreSQL. */
export const ceremonyStore: CeremonyStore = {
  async insert(tx, ceremony, party) {
    const key = { prover_id: ceremony.proverId };
    await tx
      .with('bound', (with_) =>
        with_
          .insertInto('party')
          .values({ ...key, ceremony_id: ceremony.id, role: party.role, binding_hash: party.bindingHash }),
      )
      .insertInto('ceremony')
      .values({
        ...key,
        id: ceremony.id,
        subject_id: ceremony.subjectId,
        purpose: ceremony.purpose,
        operation_id: ceremony.operationId,
        policy: JSON.stringify(ceremony.policy),
        context: JSON.stringify(ceremony.context),
        state: 'open',
        version: 0,
        epoch: ceremony.epoch,
        created_at: ceremony.createdAt,
        expires_at: ceremony.expiresAt,
      })
      .execute();
  },

  async find(tx, key, bindingHash, now) {
    const row = await tx
      .selectFrom('ceremony')
      .innerJoin('party', (join) =>
        join
          .onRef('party.prover_id', '=', 'ceremony.prover_id')
          .onRef('party.ceremony_id', '=', 'ceremony.id'),
      )
      .selectAll('ceremony')
      .where('ceremony.prover_id', '=', key.proverId)
      .where('ceremony.id', '=', key.id)
      .where('ceremony.state', '=', 'open')
      .where('ceremony.expires_at', '>', now)
      .where('party.binding_hash', '=', bindingHash)
      .executeTakeFirst();
    if (!row) return undefined;
    const { from, to } = idsAround(row.created_at);
    const evidence = await tx
      .selectFrom('evidence')
      .selectAll()
      .where('prover_id', '=', key.proverId)
      .where('ceremony_id', '=', key.id)
      .where('challenge_id', '>=', from)
      .where('challenge_id', '<', to)
      .orderBy('challenge_id')
      .execute();
    return { ceremony: toCeremony(row), evidence: evidence.map(toEvidence) };
  },

  async step(tx, ceremony, now) {
    const result = await tx
      .updateTable('ceremony')
      .set((eb) => ({ version: eb('version', '+', 1) }))
      .where('prover_id', '=', ceremony.proverId)
      .where('id', '=', ceremony.id)
      .where('state', '=', 'open')
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  },

  async close(tx, ceremony, state, now) {
    const result = await tx
      .updateTable('ceremony')
      .set({ state })
      .where('prover_id', '=', ceremony.proverId)
      .where('id', '=', ceremony.id)
      .where('state', '=', 'open')
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  },

  async addParty(tx, ceremony, { role, bindingHash }) {
    await tx
      .insertInto('party')
      .values({ prover_id: ceremony.proverId, ceremony_id: ceremony.id, role, binding_hash: bindingHash })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },

  async moveToEpoch(tx, { proverId, id }, epoch) {
    await tx
      .updateTable('ceremony')
      .set({ epoch })
      .where('prover_id', '=', proverId)
      .where('id', '=', id)
      .where('state', '=', 'open')
      .execute();
  },

  async rebind(tx, ceremony, digest, now) {
    const result = await sql`
      update ceremony
      set context = jsonb_set(context, '{operationDigest}', to_jsonb(${digest.to}::text)), version = version + 1
      where prover_id = ${ceremony.proverId} and id = ${ceremony.id} and state = 'open' and expires_at > ${now}
        and context ->> 'operationDigest' = ${digest.from}`.execute(tx);
    if (result.numAffectedRows !== 1n) return false;
    const { from, to } = idsAround(ceremony.createdAt);
    await tx
      .updateTable('evidence')
      .set({ operation_digest: fromHex(digest.to) })
      .where('prover_id', '=', ceremony.proverId)
      .where('ceremony_id', '=', ceremony.id)
      .where('challenge_id', '>=', from)
      .where('challenge_id', '<', to)
      .where('operation_digest', '=', fromHex(digest.from))
      .execute();
    return true;
  },

  async insertEvidence(tx, ceremony, piece) {
    await tx
      .insertInto('evidence')
      .values({
        prover_id: ceremony.proverId,
        challenge_id: piece.challengeId,
        ceremony_id: ceremony.id,
        slot: piece.slot,
        role: piece.role,
        method: piece.method,
        target: piece.target,
        channel_id: piece.channelId,
        level_cap: piece.levelCap,
        operation_digest: fromHex(piece.operationDigest),
        proven_at: piece.provenAt,
      })
      .execute();
  },
};

function toCeremony(row: Tables['ceremony']): Ceremony {
  return {
    id: row.id,
    proverId: row.prover_id,
    subjectId: row.subject_id,
    purpose: row.purpose,
    operationId: row.operation_id,
    policy: row.policy as Policy,
    context: row.context as CeremonyContext,
    epoch: row.epoch,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

function toEvidence(row: Tables['evidence']): StoredEvidence {
  return {
    challengeId: row.challenge_id,
    slot: row.slot,
    role: row.role,
    method: row.method,
    target: row.target,
    channelId: row.channel_id,
    levelCap: row.level_cap as Level,
    operationDigest: toHex(row.operation_digest),
    provenAt: row.proven_at,
  };
}
