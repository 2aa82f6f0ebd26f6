import { romeDayOf } from '@sigillo/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browser } from '../../../../../../tests/setup/gate.ts';
import { somePerson } from '../../../../../../tests/setup/identities.ts';
import {
  givePassword,
  PASSPHRASE,
  somebody,
  type TestImport,
  testImport,
} from '../../../../../../tests/setup/import.ts';
import { admitSession } from '../../../gate/admit.ts';
import { keepAgendas } from '../../../identities/keep-agendas.service.ts';
import { DAY_MS } from '../../../platform/clock/clock.ts';
import { agendaStore } from '../../../stores/identities/agenda.store.ts';

let t: TestImport;
beforeAll(async () => {
  t = await testImport();
});
afterAll(() => t[Symbol.asyncDispose]());

let phones = 0;

/** A record with everything that a digital identity needs. */
function holder(identity: object = {}, more: object = {}) {
  const { attributes, ...fields } = identity as { attributes?: object };
  return somebody({
    passwordHash: t.readyHash,
    phone: `+39333440${String(++phones).padStart(4, '0')}`,
    identity: {
      issuedOn: '2024-03-01',
      expiresOn: '2030-02-28',
      attributes: { ...somePerson('2031-05-31'), ...attributes },
      ...fields,
    },
    ...more,
  });
}

const identitiesOf = (accountId: string) =>
  t.gate.single((tx) => t.stores.identities.ofAccount(tx, accountId));

test('[SPID-IDL-1] an identity comes along active, with its code, its days and its life, and is on record', async () => {
  const person = holder({ spidCode: 'ALPI0000000001', lastUsedOn: '2026-04-01' });
  expect(await t.importOf([person])).toMatchObject({ imported: 1, rejected: 0, skipped: 0 });
  const accountId = await t.signsIn(person.email, PASSPHRASE);
  const [identity] = await identitiesOf(accountId);
  expect(identity).toMatchObject({
    type: 1,
    state: 'active',
    spidCode: 'ALPI0000000001',
    attributes: person.identity.attributes,
    documentExpiresOn: '2031-05-31',
    issuedOn: '2024-03-01',
    expiresOn: '2030-02-28',
  });
  const life = await t.gate.single((tx) => t.stores.identities.life(tx, accountId, identity?.id ?? ''));
  expect(life).toMatchObject([{ move: 'issue', actor: 'import', from: 'requested', to: 'active' }]);
});

test('[AUD-1] the audit row of the account names the identity; without a code one is made', async () => {
  const person = holder();
  await t.importOf([person]);
  const accountId = await t.signsIn(person.email, PASSPHRASE);
  const [identity] = await identitiesOf(accountId);
  expect(identity?.spidCode).toMatch(/^SIGL[A-Z0-9]{10}$/);
  const row = await t.platform.db
    .selectFrom('identity')
    .selectAll()
    .where('account_id', '=', accountId)
    .execute();
  expect(row[0]?.attributes_sealed.toString('latin1')).not.toContain('Rossi');
});

test('[SPID-ATT-1] [SPID-ENR-2] what may be no identity is listed by its line, without any value', async () => {
  const file = await t.fileOf([
    holder({ attributes: { fiscalNumber: 'TINIT-RSSMRA85T50A562X' } }),
    holder({}, { phoneVerified: false }),
    holder({ attributes: { companyName: 'Alpi S.p.A.', shoeSize: '43' } }),
    holder({ issuedOn: '1 March', type: 7 }),
    holder({ expiresOn: '2024-02-01' }),
  ]);
  expect(await t.run(file)).toMatchObject({ imported: 0, rejected: 5 });
  const fieldsOf = ({ faults }: Record<string, unknown>) =>
    (faults as { field: string }[]).map(({ field }) => field);
  const rejects = await t.rejectsOf(file);
  expect(rejects.map(fieldsOf)).toEqual([
    ['identity.attributes.fiscalNumber'],
    ['identity'],
    ['identity.attributes.companyName', 'identity.attributes'],
    ['identity.type', 'identity.issuedOn'],
    ['identity.expiresOn'],
  ]);
  expect(JSON.stringify(rejects)).not.toMatch(/RSSMRA|Alpi|shoeSize/);
});

test('[SPID-IDL-1] of one person there is one identity of a type, of one code one, and again changes nothing', async () => {
  const first = holder({ spidCode: 'ALPI0000000002' });
  await t.importOf([first]);
  const before = await t.countAccounts();
  const again = [
    holder({ attributes: first.identity.attributes }),
    holder({ spidCode: 'ALPI0000000002' }),
    holder({ spidCode: 'ALPI0000000003' }),
    holder({ spidCode: 'ALPI0000000003' }),
  ];
  const file = await t.fileOf(again);
  expect(await t.run(file)).toMatchObject({ imported: 1, skipped: 3 });
  const rejects = await t.rejectsOf(file);
  expect(rejects.map(({ record, faults }) => [record, faults])).toEqual([
    [1, [{ field: 'identity.attributes.fiscalNumber', reason: 'belongs to a digital identity already' }]],
    [2, [{ field: 'identity.spidCode', reason: 'belongs to a digital identity already' }]],
    [4, [{ field: 'identity.spidCode', reason: 'belongs to an earlier record of this file' }]],
  ]);
  expect(await t.run(file)).toMatchObject({ imported: 0, done: 4 });
  expect(await t.countAccounts()).toBe(before + 1);
});

test('[SPID-IDL-4] what had expired elsewhere rests here, and what was not used ends only after its notices', async () => {
  const today = romeDayOf(t.clock.nowMs());
  const expired = holder({ attributes: somePerson('2026-01-31') });
  const unused = holder({ issuedOn: '2020-01-01', lastUsedOn: '2021-01-01' });
  await t.importOf([expired, unused]);
  await keepAgendas({ gate: t.gate, ...t.stores, agendas: agendaStore });
  const standing = await t.platform.db
    .selectFrom('identity')
    .innerJoin('identity_agenda', 'identity_agenda.identity_id', 'identity.id')
    .select(['state', 'ends_on', 'document_expires_on', 'issued_on'])
    .where('identity.created_at', '=', t.clock.now())
    .execute();
  const rests = standing.filter(({ state }) => state === 'suspended');
  expect(rests).toMatchObject([{ document_expires_on: '2026-01-31', ends_on: null }]);
  // Of those whose last use nobody knows, none ends for it.
  const announced = standing.filter(({ ends_on }) => ends_on !== null);
  expect(announced).toMatchObject([{ state: 'active', issued_on: '2020-01-01' }]);
  expect((announced[0]?.ends_on ?? '') > today).toBe(true);
});

test('[SPID-CRD-2] the password of who is imported counts from the import: it is spoken of after 90 days, and ends after 180', async () => {
  const person = holder();
  await t.importOf([person]);
  const accountId = await t.signsIn(person.email, PASSPHRASE);
  const { due_at } = await t.platform.db
    .selectFrom('identity_agenda')
    .select('due_at')
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  expect(due_at.getTime() - t.clock.nowMs()).toBe(90 * DAY_MS);
  t.clock.advance(180 * DAY_MS - 1000);
  await t.signsIn(person.email, PASSPHRASE);
  t.clock.advance(1000);
  const me = browser();
  const scene = await givePassword(t, person.email, PASSPHRASE, me);
  await expect(admitSession(t.gate, scene, me)).rejects.toMatchObject({ slug: 'proof-missing' });
});
