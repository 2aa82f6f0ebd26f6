import type {
  Rehearsal,
  RehearsalOutcome,
  Rehearsals,
  Rule,
} from '../../flows/console/relying-parties/rehearsal.ports.ts';
import type { Tables } from '../../platform/database/tables.ts';

/** The last rehearsal of each relying party: one row, which the next takes over. */
export const rehearsalStore: Rehearsals = {
  async last(tx, clientId) {
    const row = await tx
      .selectFrom('policy_rehearsal')
      .selectAll()
      .where('client_id', '=', clientId)
      .executeTakeFirst();
    return row && rehearsalOf(row);
  },

  async begin(tx, { clientId, rule, days, ...begun }, deadSince) {
    const values = {
      id: begun.id,
      rule: JSON.stringify(rule),
      days,
      started_at: begun.startedAt,
      seen_at: begun.seenAt,
      finished_at: null,
      people: begun.people,
      people_in_all: begun.peopleInAll,
      outcome: null,
    };
    const result = await tx
      .insertInto('policy_rehearsal')
      .values({ client_id: clientId, ...values })
      .onConflict((conflict) =>
        conflict
          .column('client_id')
          .doUpdateSet(values)
          .where((eb) =>
            eb.or([
              eb('policy_rehearsal.finished_at', 'is not', null),
              eb('policy_rehearsal.seen_at', '<', deadSince),
            ]),
          ),
      )
      .executeTakeFirst();
    return result.numInsertedOrUpdatedRows === 1n;
  },

  async progress(tx, { clientId, id }, { people, peopleInAll }, now) {
    await tx
      .updateTable('policy_rehearsal')
      .set({ people, people_in_all: peopleInAll, seen_at: now })
      .where('client_id', '=', clientId)
      .where('id', '=', id)
      .where('finished_at', 'is', null)
      .execute();
  },

  async finish(tx, { clientId, id }, outcome, now) {
    await tx
      .updateTable('policy_rehearsal')
      .set({ outcome: JSON.stringify(outcome), seen_at: now, finished_at: now })
      .where('client_id', '=', clientId)
      .where('id', '=', id)
      .where('finished_at', 'is', null)
      .execute();
  },
};

const rehearsalOf = (row: Tables['policy_rehearsal']): Rehearsal => ({
  clientId: row.client_id,
  id: row.id,
  rule: row.rule as unknown as Rule,
  days: row.days,
  startedAt: row.started_at,
  seenAt: row.seen_at,
  finishedAt: row.finished_at,
  people: row.people,
  peopleInAll: row.people_in_all,
  outcome: row.outcome as RehearsalOutcome | null,
});
