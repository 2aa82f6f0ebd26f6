import { daysLater, romeDayOf, startOfRomeDay } from '@sigillo/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  browser,
  type TestAccount,
  type TestGate,
  testAccount,
  testGate,
} from '../../../../tests/setup/gate.ts';
import { agePassword, giveIdentity, type WantedIdentity } from '../../../../tests/setup/identities.ts';
import { givePassword } from '../../../../tests/setup/import.ts';
import { admitSession } from '../gate/admit.ts';
import { DAY_MS } from '../platform/clock/clock.ts';
import { openMessage } from '../platform/messages/sealed-message.ts';
import { agendaStore } from '../stores/identities/agenda.store.ts';
import type { Identity } from './identity.ts';
import { keepAgendas } from './keep-agendas.service.ts';
import { renewContract, replaceDocument } from './renew-identity.service.ts';

let t: TestGate;
beforeAll(async () => {
  t = await testGate();
});
afterAll(() => t[Symbol.asyncDispose]());

const ports = () => ({ gate: t.gate, ...t.stores, agendas: agendaStore });
const keep = () => keepAgendas(ports());
const today = () => romeDayOf(t.clock.nowMs());

async function holder(wanted: WantedIdentity = {}): Promise<TestAccount & { identity: Identity }> {
  const account = await testAccount(t, { phone: true });
  const surroundings = { ...t.platform, nowMs: t.clock.nowMs };
  return { ...account, identity: await giveIdentity(surroundings, account.id, wanted) };
}

const find = ({ id, identity }: { id: string; identity: Identity }) =>
  t.gate.single((tx) => t.stores.identities.find(tx, id, identity.id));

/** Moves the clock to the beginning of a day in Rome, or to some milliseconds after it. */
const moveTo = (day: string, ms = 0) => t.clock.advance(startOfRomeDay(day) + ms - t.clock.nowMs());

/** Lets every day begin until one, with the platform looking at nine and a half. */
async function liveUntil(day: string): Promise<void> {
  for (let next = daysLater(today(), 1); next < day; next = daysLater(next, 1)) {
    moveTo(next, 9.5 * 3_600_000);
    await keep();
  }
}

/** What was sent to an account about its identity: channel, template, cause and day. */
async function told(accountId: string): Promise<string[]> {
  const rows = await t.platform.db
    .selectFrom('outbox')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();
  return rows.flatMap(({ content_sealed, ...row }) => {
    if (!content_sealed) return [];
    const { template, params } = openMessage(t.platform.keyring, { ...row, content_sealed }).content;
    const { identityCause: cause = '', day = '' } = params;
    const words = [row.channel, template, cause, day].filter(Boolean);
    return template.startsWith('identity-') ? [words.join(' ')] : [];
  });
}

/** With a password that was renewed in time, whenever that was. */
async function signIn({ id, email, password }: TestAccount) {
  await agePassword({ database: t.platform, nowMs: t.clock.nowMs }, id, 0);
  const me = browser();
  return admitSession(t.gate, await givePassword(t, email, password, me), me);
}

test('[SPID-IDL-4] a document that expires suspends the identity at midnight in Rome, and both contacts hear of it', async () => {
  const lastDay = daysLater(today(), 60);
  const anna = await holder({ documentExpiresOn: lastDay });
  await keep();
  await liveUntil(lastDay);
  const reminded = [
    `email identity-document-expiring ${lastDay}`,
    `sms identity-document-expiring ${lastDay}`,
  ];
  expect(await told(anna.id)).toEqual(reminded);
  moveTo(daysLater(lastDay, 1), -1);
  await keep();
  expect(await find(anna)).toMatchObject({ state: 'active' });
  moveTo(daysLater(lastDay, 1));
  await Promise.all([keep(), keep(), keep()]);
  expect(await find(anna)).toMatchObject({ state: 'suspended', causes: new Set(['document-expired']) });
  expect(await told(anna.id)).toEqual([
    ...reminded,
    `email identity-document-expired document-expired ${lastDay}`,
    `sms identity-document-expired document-expired ${lastDay}`,
  ]);
  // It is the identity that rests: its holder signs in, to replace the document.
  await expect(signIn(anna)).resolves.toHaveProperty('token');
});

test('[SPID-IDL-4] a newly verified document lifts it, and its own last day counts from then on', async () => {
  const anna = await holder({ documentExpiresOn: daysLater(today(), 1) });
  t.clock.advance(3 * DAY_MS);
  await keep();
  expect(await find(anna)).toMatchObject({ state: 'suspended' });
  const expires = daysLater(today(), 40);
  const key = { accountId: anna.id, id: anna.identity.id };
  const issued = daysLater(today(), -2);
  const replace = (idCard: string) =>
    t.gate.transaction((tx) => replaceDocument(ports(), tx, key, { idCard, operatorId: anna.id }));
  await expect(
    replace(`passaporto YA1234567 QuesturaRoma 2016-01-01 ${daysLater(today(), -1)}`),
  ).rejects.toThrow();
  await replace(`passaporto YA1234567 QuesturaRoma ${issued} ${expires}`);
  expect(await find(anna)).toMatchObject({ state: 'active', documentExpiresOn: expires });
  await keep();
  moveTo(daysLater(expires, 1));
  await keep();
  expect(await find(anna)).toMatchObject({ state: 'suspended' });
});

test('[SPID-NTF-3] [SPID-IDL-3] of an identity not used for 24 months four notices go out, then it is revoked', async () => {
  const anna = await holder({ documentExpiresOn: null, expiresOn: null });
  await keep();
  const usedOn = today();
  const endsOn = daysLater(`${Number(usedOn.slice(0, 4)) + 2}${usedOn.slice(4)}`, 1);
  moveTo(daysLater(endsOn, -92), 12 * 3_600_000);
  await keep();
  expect(await told(anna.id)).toEqual([]);
  await liveUntil(endsOn);
  const notice = [
    `email identity-end-announced unused ${endsOn}`,
    `sms identity-end-announced unused ${endsOn}`,
  ];
  expect(await told(anna.id)).toEqual([notice, notice, notice, notice].flat());
  const announced = await t.platform.db
    .selectFrom('outbox')
    .select('created_at')
    .where('account_id', '=', anna.id)
    .where('channel', '=', 'email')
    .orderBy('id')
    .execute();
  expect(announced.map(({ created_at }) => romeDayOf(created_at.getTime()))).toEqual(
    [90, 30, 10, 1].map((days) => daysLater(endsOn, -days)),
  );
  moveTo(endsOn, -1);
  await keep();
  expect(await find(anna)).toMatchObject({ state: 'active' });
  moveTo(endsOn);
  await Promise.all([keep(), keep()]);
  expect(await find(anna)).toMatchObject({ state: 'revoked' });
  expect((await told(anna.id)).slice(8)).toEqual([
    `email identity-revoked unused ${endsOn}`,
    `sms identity-revoked unused ${endsOn}`,
  ]);
  await expect(signIn(anna)).rejects.toThrow();
});

test('[SPID-IDL-3] whoever signs in before the day keeps the identity, and hears no more of its end', async () => {
  const anna = await holder({ documentExpiresOn: null, expiresOn: null });
  await keep();
  const usedOn = today();
  const endsOn = daysLater(`${Number(usedOn.slice(0, 4)) + 2}${usedOn.slice(4)}`, 1);
  moveTo(daysLater(endsOn, -90), 10 * 3_600_000);
  await keep();
  expect(await told(anna.id)).toHaveLength(2);
  moveTo(endsOn, -1000);
  await signIn(anna);
  await liveUntil(daysLater(endsOn, 60));
  expect(await find(anna)).toMatchObject({ state: 'active' });
  expect(await told(anna.id)).toHaveLength(2);
});

test('[SPID-NTF-3] a node that was away for long still gives the days that its notices speak of', async () => {
  const anna = await holder({ documentExpiresOn: null, expiresOn: null });
  t.clock.advance(3 * 366 * DAY_MS);
  await keep();
  const endsOn = daysLater(today(), 90);
  expect(await told(anna.id)).toEqual([
    `email identity-end-announced unused ${endsOn}`,
    `sms identity-end-announced unused ${endsOn}`,
  ]);
  expect(await find(anna)).toMatchObject({ state: 'active' });
});

test('[SPID-IDL-3] a contract that ends is announced alike, and goes on when it is renewed', async () => {
  const expiresOn = daysLater(today(), 40);
  const anna = await holder({ documentExpiresOn: null, expiresOn });
  const bruno = await holder({ documentExpiresOn: null, expiresOn });
  await keep();
  // Told late: both have the 90 days of the first notice.
  const endsOn = daysLater(today(), 90);
  expect(await told(anna.id)).toEqual([
    `email identity-end-announced contract-end ${endsOn}`,
    `sms identity-end-announced contract-end ${endsOn}`,
  ]);
  const renewal = { expiresOn: daysLater(today(), 700), operatorId: bruno.id };
  const key = { accountId: bruno.id, id: bruno.identity.id };
  await t.gate.transaction((tx) => renewContract(ports(), tx, key, renewal));
  await liveUntil(daysLater(endsOn, 1));
  expect(await find(anna)).toMatchObject({ state: 'revoked' });
  expect(await find(bruno)).toMatchObject({ state: 'active' });
  expect(await told(bruno.id)).toHaveLength(2);
});

test('[SPID-IDL-3] of a day of many sign-ins one is written, and of a resting identity none', async () => {
  const anna = await holder();
  await signIn(anna);
  const first = (await find(anna))?.lastUsedAt;
  expect(first).toEqual(t.clock.now());
  t.clock.advance(60_000);
  await signIn(anna);
  expect((await find(anna))?.lastUsedAt).toEqual(first);
  t.clock.advance(DAY_MS);
  await signIn(anna);
  expect((await find(anna))?.lastUsedAt).toEqual(t.clock.now());
});
