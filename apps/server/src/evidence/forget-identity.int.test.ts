import { daysLater, evidenceKeptUntil, romeDayOf, startOfRomeDay } from '@sigillo/identity';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestGate, testAccount, testGate } from '../../../../tests/setup/gate.ts';
import { giveIdentity } from '../../../../tests/setup/identities.ts';
import type { Case } from '../cases/case.ts';
import { refuseIdentity } from '../identities/issue-identity.service.ts';
import { keepAgendas } from '../identities/keep-agendas.service.ts';
import { revokeIdentity } from '../identities/revoke-identity.service.ts';
import { uuidv7 } from '../platform/ids.ts';
import { PERSONAL_TABLES } from '../stores/gate/personal-tables.ts';
import { agendaStore } from '../stores/identities/agenda.store.ts';
import { liveEvidence } from './live-evidence.ts';

let t: TestGate;
beforeAll(async () => {
  t = await testGate();
});
afterAll(() => t[Symbol.asyncDispose]());

const ports = () => ({ gate: t.gate, ...t.stores, agendas: agendaStore });
const keep = () => keepAgendas(ports());
const moveTo = (day: string, ms = 0) => t.clock.advance(startOfRomeDay(day) + ms - t.clock.nowMs());

async function give(accountId: string, state: 'active' | 'requested' = 'active') {
  const surroundings = { ...t.platform, nowMs: t.clock.nowMs };
  const identity = await giveIdentity(surroundings, accountId, { state });
  await t.gate.transaction((tx) => t.stores.cases.insert(tx, caseAbout(accountId, identity.id), [PICTURE]));
  return identity;
}

const PICTURE = {
  part: 'front',
  mediaType: 'application/pdf' as const,
  content: Buffer.from('%PDF-1.7 %%EOF'),
};

const caseAbout = (subjectId: string, identity: string): Case => ({
  subjectId,
  id: uuidv7(t.clock.nowMs()),
  kind: 'document-review',
  state: 'accepted',
  openedBy: subjectId,
  payload: { identity, number: 'YA1234567' },
  operationId: null,
  firstBy: null,
  lockedBy: null,
  lockedUntil: null,
  createdAt: t.clock.now(),
  decidedAt: t.clock.now(),
});

const revoke = (accountId: string, id: string) =>
  t.gate.transaction((tx) =>
    revokeIdentity(ports(), tx, { accountId, id }, { by: 'platform', cause: 'contract-end' }),
  );

const kindsOf = async (accountId: string) =>
  (await t.gate.single((tx) => liveEvidence(ports(), tx, accountId))).map(({ kind }) => kind).sort();

/** The tables with anything about an account. */
async function tablesAbout(accountId: string): Promise<string[]> {
  const found: string[] = [];
  for (const [table, { by }] of Object.entries(PERSONAL_TABLES)) {
    const { rows } = await sql`
      select 1 from ${sql.table(table)} where ${sql.ref(by)} = ${accountId} limit 1`.execute(t.platform.db);
    if (rows.length > 0) found.push(table);
  }
  return found;
}

const ALL = ['case-file', 'contract', 'record'];

test('[SPID-ENR-6] 20 years after its end the evidence of an identity goes, and the account that was closed with it', async () => {
  const anna = await testAccount(t, { phone: true });
  const identity = await give(anna.id);
  const lastDay = evidenceKeptUntil(romeDayOf(t.clock.nowMs()), { wasIssued: true });
  await revoke(anna.id, identity.id);
  await keep();
  expect(await kindsOf(anna.id)).toEqual(ALL);
  moveTo(daysLater(lastDay, 1), -1);
  await keep();
  expect(await kindsOf(anna.id)).toEqual(ALL);
  moveTo(daysLater(lastDay, 1));
  await Promise.all([keep(), keep()]);
  // Keyed hashes and empty rows, as of every account that is erased; the number goes by the job for what is kept.
  expect(await tablesAbout(anna.id)).toEqual([
    'account',
    'identifier',
    'audit',
    'identity_name',
    'past_number',
  ]);
  await t.gate.transaction((tx) => t.stores.kept.forget(tx, lastDay));
  expect(await tablesAbout(anna.id)).toContain('past_number');
  await t.gate.transaction((tx) => t.stores.kept.forget(tx, daysLater(lastDay, 1)));
  expect(await tablesAbout(anna.id)).not.toContain('past_number');
});

test('[SPID-ENR-6] of two identities each is kept by its own end, and the account goes with the last', async () => {
  const bruno = await testAccount(t, { phone: true });
  const [first, second] = [await give(bruno.id), await give(bruno.id)];
  const lastDay = evidenceKeptUntil(romeDayOf(t.clock.nowMs()), { wasIssued: true });
  await revoke(bruno.id, first.id);
  await keep();
  // Kept in use meanwhile.
  await t.platform.db
    .updateTable('identity')
    .set({ document_expires_on: null, expires_on: null, last_used_at: new Date(startOfRomeDay(lastDay)) })
    .where('id', '=', second.id)
    .execute();
  moveTo(daysLater(lastDay, 1));
  await keep();
  const left = await t.gate.single((tx) => liveEvidence(ports(), tx, bruno.id));
  expect(left.map(({ identityId }) => identityId)).toEqual([second.id, second.id, second.id]);
  expect(left.map(({ endsOn }) => endsOn)).toEqual([null, null, null]);
  expect(await tablesAbout(bruno.id)).toContain('contact');
});

test('[SPID-ENR-6] a request that was refused is forgotten 30 days later: nothing was issued', async () => {
  const carla = await testAccount(t, { phone: true });
  const identity = await give(carla.id, 'requested');
  const today = romeDayOf(t.clock.nowMs());
  const decision = { operatorId: carla.id, reason: 'document unreadable' };
  await t.gate.transaction((tx) =>
    refuseIdentity(ports(), tx, { accountId: carla.id, id: identity.id }, decision),
  );
  await keep();
  moveTo(daysLater(today, 31), -1);
  await keep();
  expect(await tablesAbout(carla.id)).toEqual(expect.arrayContaining(['identity', 'case_file']));
  moveTo(daysLater(today, 31));
  await keep();
  const left = await tablesAbout(carla.id);
  for (const table of ['identity', 'identity_move', 'operator_case', 'case_file', 'identity_agenda'])
    expect(left).not.toContain(table);
  expect(left).toContain('contact');
});
