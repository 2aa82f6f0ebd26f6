import type { AnnouncedEnd } from '@sigillo/identity';
import type { Agenda, Agendas, IdentityKey } from '../../identities/agenda.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';

const one = ({ accountId, id }: IdentityKey) => ({ account_id: accountId, identity_id: id });

/** Agendas on PostgreSQL. */
export const agendaStore: Agendas = {
  async due(tx, now, limit) {
    const rows = await tx
      .selectFrom('identity_agenda')
      .select(['account_id', 'identity_id'])
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ accountId: row.account_id, id: row.identity_id }));
  },

  async find(tx, { accountId, id }, now) {
    const row = await tx
      .selectFrom('identity_agenda')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('identity_id', '=', id)
      .where('due_at', '<=', now)
      .executeTakeFirst();
    return row && agendaOf(row);
  },

  async put(tx, key, agenda, dueAt) {
    if (dueAt === null) return forget(tx, key);
    const row = { ...rowOf(agenda), due_at: dueAt };
    await tx
      .insertInto('identity_agenda')
      .values({ ...one(key), ...row })
      .onConflict((conflict) => conflict.columns(['account_id', 'identity_id']).doUpdateSet(row))
      .execute();
  },
};

function agendaOf(row: Tables['identity_agenda']): Agenda {
  const { end_cause: cause, ends_on: endsOn, told_days: toldDaysBefore } = row;
  const isAnnounced = cause !== null && endsOn !== null && toldDaysBefore !== null;
  const announced: AnnouncedEnd | null = isAnnounced ? { cause, endsOn, toldDaysBefore } : null;
  return { remindedOf: row.reminded_of, announced };
}

const rowOf = ({ remindedOf, announced }: Agenda) => ({
  reminded_of: remindedOf,
  end_cause: announced?.cause ?? null,
  ends_on: announced?.endsOn ?? null,
  told_days: announced?.toldDaysBefore ?? null,
});

async function forget(tx: Tx, { accountId, id }: IdentityKey): Promise<void> {
  await tx
    .deleteFrom('identity_agenda')
    .where('account_id', '=', accountId)
    .where('identity_id', '=', id)
    .execute();
}

/** Something changed by which other things may be due, or earlier: somebody looks at once. */
export async function lookAtOnce(tx: Tx, key: IdentityKey, at: Date): Promise<void> {
  await tx
    .insertInto('identity_agenda')
    .values({ ...one(key), due_at: at, ...rowOf({ remindedOf: null, announced: null }) })
    .onConflict((conflict) => conflict.columns(['account_id', 'identity_id']).doUpdateSet({ due_at: at }))
    .execute();
}
