import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { browser, type TestGate, testAccount, testGate } from '../../../../../tests/setup/gate.ts';
import { challenge } from '../../gate/challenge.ts';
import { askSms, askTotp, level, slug, stepsOn } from '../../gate/gate.fixture.ts';
import { DAY_MS, HOUR_MS } from '../../platform/clock/clock.ts';
import { Problem } from '../../platform/http/problems.ts';

let t: TestGate;
beforeAll(async () => {
  t = await testGate();
});
afterAll(() => t[Symbol.asyncDispose]());
beforeEach(async () => {
  await sql`truncate sms_spending, sms_confirmation, sms_stopped_prefix, outbox, outbox_pending`.execute(
    t.platform.db,
  );
});

const { begin, give, lastCode, totpOf, withPasswordEvidence } = stepsOn(() => t);

const count = async (table: 'outbox' | 'sms_spending') =>
  (await t.platform.db.selectFrom(table).select(t.platform.db.fn.countAll().as('n')).executeTakeFirst())?.n;

/** Stops every number of a country. */
const stopItaly = (until: Date) =>
  t.platform.db
    .insertInto('sms_stopped_prefix')
    .values({ prefix: '+39', stopped_at: t.clock.now(), until, sent: 100, confirmed: 3, times: 1 })
    .execute();

test('[RATE-3] before anything was proven no SMS goes out, whatever a policy asks for first', async () => {
  const account = await testAccount(t, { sms: true });
  const me = browser();
  const ask = { slot: 'current-phone', method: 'sms-code', target: account.phoneContact };
  const needs = [{ need: 'slot' as const, ...ask, methods: ['sms-code'] }];
  const scene = await begin(account, me, { needs, bound: false });
  expect(await slug(challenge(t.gate, scene, ask, me))).toBe('method-unavailable');
  await stopItaly(new Date(t.clock.nowMs() + DAY_MS));
  expect(await slug(challenge(t.gate, scene, ask, me)), 'nor is it told what is stopped').toBe(
    'method-unavailable',
  );
  expect(await count('outbox')).toBe(0);
  expect(await count('sms_spending')).toBe(0);
});

test('[RATE-3] a holder whose prefix was stopped is told so, and goes on another way', async () => {
  const account = await testAccount(t, { sms: true, totp: true });
  const me = browser();
  const scene = await withPasswordEvidence(account, me, level(2));
  await stopItaly(new Date(t.clock.nowMs() + HOUR_MS));
  const problem = await challenge(t.gate, scene, askSms(account), me).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(Problem);
  expect(problem).toMatchObject({
    slug: 'sms-unavailable',
    status: 503,
    extension: { retryAfterSeconds: 3600 },
    headers: { 'retry-after': '3600' },
  });
  expect(await count('outbox')).toBe(0);
  t.clock.advance(30_000);
  expect(await slug(give(scene, askTotp(account), await totpOf(account), me))).toBe('fulfilled');
});

test('[RATE-3] a number that was stored before its country was taken from the list gets no codes', async () => {
  const account = await testAccount(t, { sms: true });
  const { countries } = t.platform.config.sms;
  const me = browser();
  const scene = await withPasswordEvidence(account, me, level(2));
  const italy = countries.indexOf('IT');
  countries.splice(italy, 1);
  expect(await slug(challenge(t.gate, scene, askSms(account), me))).toBe('method-unavailable');
  countries.push('IT');
  expect(await slug(challenge(t.gate, scene, askSms(account), me))).toBe('fulfilled');
});

test('[RATE-3] a code that comes back counts once, however often and parallel it is handed in', async () => {
  const account = await testAccount(t, { sms: true });
  const me = browser();
  const scene = await withPasswordEvidence(account, me, level(2));
  const { id } = await challenge(t.gate, scene, askSms(account), me);
  const code = await lastCode(account.phone);
  const handedIn = Array.from({ length: 16 }, () => slug(give(scene, askSms(account), code, me, id)));
  expect((await Promise.all(handedIn)).filter((one) => one === 'fulfilled')).toHaveLength(1);
  await t.spending.judge();
  const rows = await t.platform.db.selectFrom('sms_confirmation').select(['prefix', 'confirmed']).execute();
  expect(rows).toEqual([
    { prefix: '+39', confirmed: 1 },
    { prefix: '+39333', confirmed: 1 },
  ]);
});
