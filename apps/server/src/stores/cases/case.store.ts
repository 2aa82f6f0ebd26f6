import { sql } from 'kysely';
import type { Case, CaseEvent, CaseKind, CasePayload } from '../../cases/case.ts';
import type { Cases } from '../../cases/cases.ports.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { uuidv7 } from '../../platform/ids.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { caseFileStore, fileRow } from './case-file.store.ts';

type Key = Pick<Case, 'subjectId' | 'id'>;

const payloadPlace = ({ subjectId, id }: Key) => ({
  table: 'operator_case',
  row: `${subjectId}/${id}`,
  column: 'payload_sealed',
});
const notePlace = ({ subjectId, id }: Key, event: string) => ({
  table: 'case_event',
  row: `${subjectId}/${id}/${event}`,
  column: 'note_sealed',
});

/** Cases on PostgreSQL: what they are about, what was said and what was handed in is sealed. */
export function caseStore(keyring: Keyring): Cases {
  const toCase = (row: Tables['operator_case']): Case => caseOf(keyring, row);
  return {
    async insert(tx, one, files) {
      await tx.insertInto('operator_case').values(rowOf(keyring, one)).execute();
      if (files.length === 0) return;
      await tx
        .insertInto('case_file')
        .values(files.map((file) => fileRow(keyring, one, file)))
        .execute();
    },

    async find(tx, key) {
      const row = await byKey(tx, key).executeTakeFirst();
      return row && toCase(row);
    },

    async hold(tx, key) {
      const row = await byKey(tx, key).forNoKeyUpdate().executeTakeFirst();
      return row && toCase(row);
    },

    async list(tx, { state, kinds, limit }) {
      if (kinds.length === 0) return [];
      const rows = await tx
        .selectFrom('operator_case')
        .selectAll()
        .where('state', '=', state)
        .where('kind', 'in', kinds)
        .orderBy('id', state === 'open' ? 'asc' : 'desc')
        .limit(limit)
        .execute();
      return rows.map(toCase);
    },

    async countOpen(tx, kinds) {
      if (kinds.length === 0) return [];
      const rows = await tx
        .selectFrom('operator_case')
        .select((eb) => ['kind', eb.fn.countAll<string>().as('count')])
        .where('state', '=', 'open')
        .where('kind', 'in', kinds)
        .groupBy('kind')
        .execute();
      return rows.map((row) => ({ kind: row.kind as CaseKind, count: Number(row.count) }));
    },

    async ofSubject(tx, subjectId, kind) {
      const rows = await tx
        .selectFrom('operator_case')
        .selectAll()
        .where('subject_id', '=', subjectId)
        .where('kind', '=', kind)
        .orderBy('id', 'desc')
        .execute();
      return rows.map(toCase);
    },

    lock: (tx, key, by, until) => change(tx, key, { locked_by: by, locked_until: until }),

    approvedFirst: (tx, key, operationId, by) =>
      change(tx, key, { operation_id: operationId, first_by: by, locked_by: null, locked_until: null }),

    async close(tx, key, state, at) {
      const result = await updated(tx, key, { state, decided_at: at, locked_by: null, locked_until: null })
        .where('state', '=', 'open')
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    ...historyOf(keyring),
    ...caseFileStore(keyring),
    forgetAbout: (tx, subjectId, identityId) => forgetAbout(tx, toCase, subjectId, identityId),
  };
}

function historyOf(keyring: Keyring): Pick<Cases, 'note' | 'events'> {
  return {
    async note(tx, key, { at, by, what, note }) {
      const id = uuidv7(at.getTime());
      const note_sealed = note === null ? null : keyring.seal(note, notePlace(key, id));
      await tx
        .insertInto('case_event')
        .values({ subject_id: key.subjectId, case_id: key.id, id, at, by_id: by, what, note_sealed })
        .execute();
    },

    async events(tx, key) {
      const rows = await tx
        .selectFrom('case_event')
        .selectAll()
        .where('subject_id', '=', key.subjectId)
        .where('case_id', '=', key.id)
        .orderBy('id')
        .execute();
      return rows.map(({ id, at, by_id, what, note_sealed }) => ({
        at,
        by: by_id,
        what: what as CaseEvent['what'],
        note: note_sealed && keyring.openText(note_sealed, notePlace(key, id)),
      }));
    },
  };
}

async function forgetAbout(
  tx: Tx,
  toCase: (row: Tables['operator_case']) => Case,
  subjectId: string,
  identityId: string,
): Promise<void> {
  const rows = await tx.selectFrom('operator_case').selectAll().where('subject_id', '=', subjectId).execute();
  for (const { id, payload } of rows.map(toCase)) {
    if (payload.identity !== identityId) continue;
    const its = sql<boolean>`subject_id = ${subjectId} and case_id = ${id}`;
    await tx.deleteFrom('case_file').where(its).execute();
    await tx.deleteFrom('case_event').where(its).execute();
    await tx.deleteFrom('operator_case').where('subject_id', '=', subjectId).where('id', '=', id).execute();
  }
}

const byKey = (tx: Tx, { subjectId, id }: Key) =>
  tx.selectFrom('operator_case').selectAll().where('subject_id', '=', subjectId).where('id', '=', id);

const updated = (tx: Tx, { subjectId, id }: Key, to: Partial<Tables['operator_case']>) =>
  tx.updateTable('operator_case').set(to).where('subject_id', '=', subjectId).where('id', '=', id);

async function change(tx: Tx, key: Key, to: Partial<Tables['operator_case']>): Promise<void> {
  await updated(tx, key, to).execute();
}

function rowOf(keyring: Keyring, one: Case): Tables['operator_case'] {
  return {
    subject_id: one.subjectId,
    id: one.id,
    kind: one.kind,
    state: one.state,
    opened_by: one.openedBy,
    payload_sealed: keyring.seal(JSON.stringify(one.payload), payloadPlace(one)),
    operation_id: one.operationId,
    first_by: one.firstBy,
    locked_by: one.lockedBy,
    locked_until: one.lockedUntil,
    created_at: one.createdAt,
    decided_at: one.decidedAt,
  };
}

function caseOf(keyring: Keyring, row: Tables['operator_case']): Case {
  const key = { subjectId: row.subject_id, id: row.id };
  return {
    ...key,
    kind: row.kind as CaseKind,
    state: row.state,
    openedBy: row.opened_by,
    payload: JSON.parse(keyring.openText(row.payload_sealed, payloadPlace(key))) as CasePayload,
    operationId: row.operation_id,
    firstBy: row.first_by,
    lockedBy: row.locked_by,
    lockedUntil: row.locked_until,
    createdAt: row.created_at,
    decidedAt: row.decided_at,
  };
}
