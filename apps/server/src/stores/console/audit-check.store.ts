import { sql } from 'kysely';
import type { AuditCheck, AuditChecks, CheckOutcome } from '../../flows/console/audit/audit.ports.ts';
import type { Tables } from '../../platform/database/tables.ts';

/** The last check of the whole audit: one row, which the next check takes over. */
export const auditCheckStore: AuditChecks = {
  async last(tx) {
    const row = await tx.selectFrom('audit_check').selectAll().executeTakeFirst();
    return row && checkOf(row);
  },

  async begin(tx, check, deadSince) {
    const values = {
      id: check.id,
      operator_id: check.operatorId,
      started_at: check.startedAt,
      seen_at: check.seenAt,
      finished_at: null,
      blocks: 0,
      blocks_in_all: check.blocksInAll,
      outcome: null,
    };
    const result = await tx
      .insertInto('audit_check')
      .values({ only_row: true, ...values })
      .onConflict((conflict) =>
        conflict
          .column('only_row')
          .doUpdateSet(values)
          .where((eb) =>
            eb.or([eb('audit_check.finished_at', 'is not', null), eb('audit_check.seen_at', '<', deadSince)]),
          ),
      )
      .executeTakeFirst();
    return result.numInsertedOrUpdatedRows === 1n;
  },

  async progress(tx, id, blocks, now) {
    await tx
      .updateTable('audit_check')
      .set({ blocks, seen_at: now, blocks_in_all: sql`greatest(blocks_in_all, ${blocks}::bigint)` })
      .where('id', '=', id)
      .where('finished_at', 'is', null)
      .execute();
  },

  async finish(tx, id, blocks, outcome, now) {
    await tx
      .updateTable('audit_check')
      .set({ blocks, outcome: JSON.stringify(outcome), seen_at: now, finished_at: now })
      .where('id', '=', id)
      .where('finished_at', 'is', null)
      .execute();
  },
};

const checkOf = (row: Tables['audit_check']): AuditCheck => ({
  id: row.id,
  operatorId: row.operator_id,
  startedAt: row.started_at,
  seenAt: row.seen_at,
  finishedAt: row.finished_at,
  blocks: row.blocks,
  blocksInAll: row.blocks_in_all,
  outcome: row.outcome as CheckOutcome | null,
});
