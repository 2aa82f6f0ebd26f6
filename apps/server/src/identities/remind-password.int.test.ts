import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestAccount, type TestGate, testAccount, testGate } from '../../../../tests/setup/gate.ts';
import { agePassword, giveIdentity } from '../../../../tests/setup/identities.ts';
import type { Gate } from '../gate/ports.ts';
import { DAY_MS } from '../platform/clock/clock.ts';
import { openMessage } from '../platform/messages/sealed-message.ts';
import { agendaStore } from '../stores/identities/agenda.store.ts';
import { keepAgendas } from './keep-agendas.service.ts';

let t: TestGate;
beforeAll(async () => {
  t = await testGate();
});
afterAll(() => t[Symbol.asyncDispose]());

const keep = (gate: Gate = t.gate) => keepAgendas({ ...t.stores, gate, agendas: agendaStore });

async function holder(): Promise<TestAccount> {
  const account = await testAccount(t, { phone: true });
  await giveIdentity({ ...t.platform, nowMs: t.clock.nowMs }, account.id);
  return account;
}

const age = ({ id }: TestAccount, days: number) =>
  agePassword({ database: t.platform, nowMs: t.clock.nowMs }, id, days);

/** What was sent of passwords that end: channel, and how many days from now the day is. */
async function told({ id }: TestAccount): Promise<string[]> {
  const rows = await t.platform.db
    .selectFrom('outbox')
    .selectAll()
    .where('account_id', '=', id)
    .orderBy('id')
    .execute();
  return rows.flatMap(({ content_sealed, ...row }) => {
    if (!content_sealed) return [];
    const { template } = openMessage(t.platform.keyring, { ...row, content_sealed }).content;
    return template === 'password-ending' ? [row.channel] : [];
  });
}

test('[SPID-CRD-2] four reminders, 90, 30, 10 and 1 days before the end, by e-mail and mobile; nobody else has any', async () => {
  const [anna, plain] = [await holder(), await testAccount(t, { phone: true })];
  const days: number[] = [];
  let before = 0;
  for (let day = 0; day <= 185; day += 1) {
    await Promise.all([keep(), keep()]);
    const now = (await told(anna)).length;
    if (now > before) days.push(180 - day);
    before = now;
    t.clock.advance(DAY_MS);
  }
  expect(days).toEqual([90, 30, 10, 1]);
  expect(await told(anna)).toEqual(['email', 'sms', 'email', 'sms', 'email', 'sms', 'email', 'sms']);
  expect(await told(plain)).toEqual([]);
  // Another one is chosen after the end: it is spoken of in its turn.
  await age(anna, 0);
  for (let day = 0; day <= 90; day += 1) {
    await keep();
    t.clock.advance(DAY_MS);
  }
  expect(await told(anna)).toHaveLength(10);
});

test('[SPID-CRD-2] whoever changes it in time hears no more; what was missed is told once', async () => {
  const anna = await holder();
  await age(anna, 172);
  await keep();
  expect(await told(anna)).toEqual(['email', 'sms']);
  await age(anna, 0);
  for (let day = 0; day < 89; day += 1) {
    t.clock.advance(DAY_MS);
    await keep();
  }
  expect(await told(anna)).toHaveLength(2);
});

test('[SPID-CRD-2] each once, whoever looks: sixteen at once, and after one that died on the way', async () => {
  const anna = await holder();
  // Of two identities it is one password.
  await giveIdentity({ ...t.platform, nowMs: t.clock.nowMs }, anna.id, { type: 3 });
  await age(anna, 151);
  const dying: Gate = {
    ...t.gate,
    notices: { ...t.gate.notices, insert: () => Promise.reject(new Error('killed')) },
  };
  await expect(keep(dying)).rejects.toThrow('killed');
  expect(await told(anna)).toEqual([]);
  await Promise.all(Array.from({ length: 16 }, () => keep()));
  expect(await told(anna)).toEqual(['email', 'sms']);
});
