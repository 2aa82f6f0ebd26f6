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
    const result =
      from === 0
        ? await tx
            .insertInto('import_run')
            .values({ file_digest: digest, records: to, updated_at: at })
            .onConflict((conflict) => conflict.doNothing())
            .executeTakeFirst()
        : await tx
            .updateTable('import_run')
            .set({ records: to, updated_at: at })
            .where('file_digest', '=', digest)
            .where('records', '=', from)
            .executeTakeFirst();
    const changed = 'numUpdatedRows' in result ? result.numUpdatedRows : result.numInsertedOrUpdatedRows;
    return changed === 1n;
  },
};
