import type { ImportRuns } from '../flows/operator/import/import-runs.ts';

/** How far each file has been imported, on PostgreSQL. */
export const importRunStore: ImportRuns = {
  async recordsDone(db, digest) {
    const row = await db
      .selectFrom('import_run')
      .select('records')
      .where('file_digest', '=', digest)
      .executeTakeFirst();
    return row?.records ?? 0;
  },

  async advance(tx, digest, { from, to, at }) {
    const values = { file_digest: digest, records: to, updated_at: at };
    const result = await tx
      .insertInto('import_run')
      .values(values)
      .onConflict((conflict) =>
        conflict
          .column('file_digest')
          .doUpdateSet({ records: to, updated_at: at })
          .where('import_run.records', '=', from),
      )
      .executeTakeFirst();
    return result.numInsertedOrUpdatedRows === 1n;
  },
};
