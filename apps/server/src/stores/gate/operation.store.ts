import type { Policy } from '@sigillo/assurance';
import { sql } from 'kysely';
import { OPERATION_MOVES, type Operation } from '../../gate/operation.ts';
import type { OperationStore } from '../../gate/ports.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';

const place = (id: string) => ({ table: 'operation', row: id, column: 'details_sealed' });

/** Operations, approvals, units and capabilities on PostgreSQL; details are sealed. */
export function operationStore(keyring: Keyring): OperationStore {
  return {
    async insert(tx, operation, units) {
      await tx
        .insertInto('operation')
        .values({
          subject_id: operation.subjectId,
          id: operation.id,
          type: operation.type,
          digest: Buffer.from(operation.digest, 'hex'),
          summary: JSON.stringify(operation.summary),
          details_sealed: keyring.seal(JSON.stringify(operation.details), place(operation.id)),
          policy: JSON.stringify(operation.policy),
          approvals_needed: operation.approvalsNeeded,
          state: operation.state,
          initiator_id: operation.initiatorId,
          not_before: operation.notBefore,
          expires_at: operation.expiresAt,
          veto_hash: null,
          created_at: operation.createdAt,
        })
        .execute();
      if (units.length === 0) return;
      const key = { subject_id: operation.subjectId, operation_id: operation.id };
      const rows = units.map((unit) => ({
        ...key,
        idx: unit.idx,
        digest: Buffer.from(unit.digest, 'hex'),
        state: unit.state,
        result: null,
      }));
      await tx.insertInto('operation_unit').values(rows).execute();
    },

    async find(tx, key) {
      const row = await tx
        .selectFrom('operation')
        .selectAll()
        .where('subject_id', '=', key.subjectId)
        .where('id', '=', key.id)
        .executeTakeFirst();
      return row && toOperation(row, keyring);
    },

    async fillIn(tx, operation, { details, digest }, now) {
      const result = await tx
        .updateTable('operation')
        .set({
          digest: Buffer.from(digest, 'hex'),
          details_sealed: keyring.seal(JSON.stringify(details), place(operation.id)),
        })
        .where('subject_id', '=', operation.subjectId)
        .where('id', '=', operation.id)
        .where('state', '=', 'waiting')
        .where('digest', '=', Buffer.from(operation.digest, 'hex'))
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async approve(tx, operation, approval) {
      // Locking the operation makes approvers take slots one after another.
      const waiting = await lockWaiting(tx, operation, approval.at);
      if (!waiting) return false;
      const result = await sql`
        insert into approval (subject_id, operation_id, slot, approver_id, ceremony_id, approved_at)
        select ${operation.subjectId}, ${operation.id}, count(*), ${approval.approverId},
               ${approval.ceremonyId}, ${approval.at}
        from approval where subject_id = ${operation.subjectId} and operation_id = ${operation.id}
        having count(*) < ${operation.approvalsNeeded}
        on conflict (subject_id, operation_id, approver_id) do nothing`.execute(tx);
      return result.numAffectedRows === 1n;
    },

    async settleApprovals(tx, operation, now) {
      const result = await sql`
        update operation set state = 'approved'
        where subject_id = ${operation.subjectId} and id = ${operation.id}
          and state = 'waiting' and expires_at > ${now}
          and approvals_needed <= (select count(*) from approval
            where subject_id = ${operation.subjectId} and operation_id = ${operation.id})`.execute(tx);
      return result.numAffectedRows === 1n;
    },

    async move(tx, operation, from, to, now) {
      if (!OPERATION_MOVES[from].includes(to)) return false;
      const moved = tx
        .updateTable('operation')
        .set({ state: to })
        .where('subject_id', '=', operation.subjectId)
        .where('id', '=', operation.id)
        .where('state', '=', from);
      const timely = to === 'expired' ? moved : moved.where('expires_at', '>', now);
      const result = await timely.executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async spendUnit(tx, operation, idx, digest) {
      const result = await tx
        .updateTable('operation_unit')
        .set({ state: 'spent' })
        .where('subject_id', '=', operation.subjectId)
        .where('operation_id', '=', operation.id)
        .where('idx', '=', idx)
        .where('state', '=', 'waiting')
        .where('digest', '=', Buffer.from(digest, 'hex'))
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async recordUnit(tx, operation, idx, state, result) {
      const recorded = await tx
        .updateTable('operation_unit')
        .set({ state, result: result === null ? null : JSON.stringify(result) })
        .where('subject_id', '=', operation.subjectId)
        .where('operation_id', '=', operation.id)
        .where('idx', '=', idx)
        .where('state', '=', 'spent')
        .executeTakeFirst();
      return recorded.numUpdatedRows === 1n;
    },

    async units(tx, operation) {
      const rows = await tx
        .selectFrom('operation_unit')
        .selectAll()
        .where('subject_id', '=', operation.subjectId)
        .where('operation_id', '=', operation.id)
        .orderBy('idx')
        .execute();
      return rows.map(({ idx, digest, state, result }) => ({
        idx,
        digest: digest.toString('hex'),
        state,
        result,
      }));
    },

    async insertCapability(tx, capability, tokenHash) {
      await tx
        .insertInto('capability')
        .values({
          account_id: capability.accountId,
          id: capability.id,
          token_hash: tokenHash,
          operation_id: capability.operationId,
          epoch: capability.epoch,
          uses_left: capability.usesLeft,
          expires_at: capability.expiresAt,
        })
        .execute();
    },

    async useCapability(tx, key, tokenHash, now) {
      const row = await tx
        .updateTable('capability')
        .from('account')
        .set((eb) => ({ uses_left: eb('capability.uses_left', '-', 1) }))
        .whereRef('account.id', '=', 'capability.account_id')
        .whereRef('account.epoch', '=', 'capability.epoch')
        .where('account.status', '=', 'active')
        .where('capability.account_id', '=', key.accountId)
        .where('capability.id', '=', key.id)
        .where('capability.token_hash', '=', tokenHash)
        .where('capability.uses_left', '>', 0)
        .where('capability.expires_at', '>', now)
        .returningAll('capability')
        .executeTakeFirst();
      if (!row) return undefined;
      return {
        accountId: row.account_id,
        id: row.id,
        operationId: row.operation_id,
        epoch: row.epoch,
        usesLeft: row.uses_left,
        expiresAt: row.expires_at,
      };
    },
  };
}

async function lockWaiting(tx: Tx, operation: Operation, now: Date): Promise<boolean> {
  const row = await tx
    .selectFrom('operation')
    .select('id')
    .where('subject_id', '=', operation.subjectId)
    .where('id', '=', operation.id)
    .where('state', '=', 'waiting')
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

function toOperation(row: Tables['operation'], keyring: Keyring): Operation {
  return {
    subjectId: row.subject_id,
    id: row.id,
    type: row.type,
    digest: row.digest.toString('hex'),
    details: JSON.parse(keyring.openText(row.details_sealed, place(row.id))) as Operation['details'],
    summary: row.summary as Operation['summary'],
    policy: row.policy as Policy,
    approvalsNeeded: row.approvals_needed,
    state: row.state,
    initiatorId: row.initiator_id,
    notBefore: row.not_before,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
  };
}
