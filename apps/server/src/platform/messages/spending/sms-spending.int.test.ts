import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../../tests/setup/test-database.ts';
import { fixedClock, HOUR_MS, MINUTE_MS } from '../../clock/clock.ts';
import { connect, type Db } from '../../database/database.ts';
import { openLog } from '../../log/log.ts';
import { type SmsSpending, type SpendingAlert, type SpendingOutcome, smsSpending } from './sms-spending.ts';
import { reopenPrefix, spentThisHour } from './spending.store.ts';

const SETTINGS = {
  currency: 'EUR',
  price: '0.10',
  prices: { '+39': '0.05', '+423': '0.25' },
  hourlyBudget: '20',
  prefixBudget: '5',
  prefixBudgets: { '+39': '12' },
  countries: ['IT', 'LI', 'FR', 'GB', 'DE'],
};

let database: TestDatabase;
let nodes: Db[];
const clock = fixedClock(Date.UTC(2026, 5, 1));
const alerts: SpendingAlert[] = [];
const decided: SpendingOutcome[] = [];
const logged: string[] = [];
beforeAll(async () => {
  database = await testDatabase();
  nodes = [1, 2].map(() => connect(database.address, { poolSize: 8, onError: () => undefined }));
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.destroy()));
  await database[Symbol.asyncDispose]();
});
beforeEach(async () => {
  alerts.length = 0;
  decided.length = 0;
  logged.length = 0;
  await sql`truncate sms_spending, sms_confirmation, sms_stopped_prefix`.execute(database.db);
  clock.advance(HOUR_MS - (clock.nowMs() % HOUR_MS));
});

/** Two nodes, on connections of their own. */
function twoNodes(settings: Partial<typeof SETTINGS> = {}): SmsSpending[] {
  return nodes.map((db) =>
    smsSpending({
      db,
      clock,
      log: openLog('error', (line) => logged.push(line)),
      settings: { ...SETTINGS, ...settings },
      alert: async (_tx, alert) => {
        alerts.push(alert);
      },
      decided: (outcome) => void decided.push(outcome),
    }),
  );
}

let numbers = 0;
/** A number nobody had before, of a range. */
const number = (range: string, length: number) =>
  `${range}${String(numbers++).padStart(length - range.length, '0')}`;
const italian = () => number('+393331', 13);
const french = () => number('+33612', 12);
const liechtenstein = () => number('+42366', 13);

/** Asks for so many at once, on both nodes. @returns how many were admitted */
async function ask(spending: SmsSpending[], count: number, to: () => string): Promise<number> {
  const asked = Array.from({ length: count }, (_, index) => spending[index % 2]!.admit(to()));
  return (await Promise.all(asked)).filter((refusal) => refusal === undefined).length;
}

const spent = async () => (await spentThisHour(database.db, clock.nowMs())).spent;

test('[RATE-3] of 16 at once on two nodes, as many are paid for as the budget has room for', async () => {
  const spending = twoNodes({ hourlyBudget: '0.35' });
  expect(await ask(spending, 16, italian)).toBe(7);
  expect(await spent()).toBe(3_500);
  expect(await ask(spending, 16, french)).toBe(0);
});

test('[RATE-3] a prefix that has spent its budget leaves the others theirs, until the next hour', async () => {
  const spending = twoNodes();
  expect(await ask(spending, 64, french)).toBe(50);
  const [one] = spending;
  expect(await one!.admit(french())).toEqual({ reason: 'budget', retryAfterSeconds: 3600 });
  expect(await ask(spending, 16, italian)).toBe(16);
  clock.advance(HOUR_MS);
  expect(await ask(spending, 16, french)).toBe(16);
});

test('[RATE-3] one message dearer than what is left is refused, a cheaper one is not', async () => {
  const spending = twoNodes({ hourlyBudget: '0.30' });
  expect(await ask(spending, 1, liechtenstein)).toBe(1);
  expect(await ask(spending, 1, liechtenstein)).toBe(0);
  expect(await ask(spending, 2, italian)).toBe(1);
  expect(await ask(twoNodes({ prefixBudgets: { '+39': '0.01' } }), 1, italian)).toBe(0);
});

test('[RATE-3] who looks after the installation is told once that a budget is nearly spent', async () => {
  await ask(twoNodes(), 64, french);
  expect(alerts).toEqual([
    { kind: 'budget-nearly-spent', prefix: '+33', spent: '4.00 EUR', budget: '5.00 EUR' },
  ]);
  expect(logged.filter((line) => line.includes('nearly spent'))).toHaveLength(1);
});

test('[RATE-3] numbers that cost more, belong to no mobile, or to a country that is not allowed get nothing', async () => {
  const [one] = twoNodes({ countries: ['IT', 'GB'] });
  const refused = [
    '+39899123456', // premium rate
    '+39199123456', // shared cost
    '+393331', // too short
    '+39064871234', // a land line
    '+445512345678', // by internet
    '+447012345678', // a personal number, which rings wherever it is told to
    '+447612345678', // a pager
    '+33612345678', // another country
    '+882161234567', // satellite
  ];
  for (const to of refused) expect(await one!.admit(to), to).toEqual({ reason: 'number' });
  expect(decided).toEqual(refused.map(() => 'number'));
  expect(await spent()).toBe(0);
});

/** Codes that were sent to a range, some of which came back. */
function codes(spending: SmsSpending[], count: number, confirmed: number, to = italian): void {
  for (let n = 0; n < count; n++) {
    const phone = to();
    spending[n % 2]!.sent(phone, clock.nowMs());
    if (n < confirmed) spending[(n + 1) % 2]!.confirmed(phone, clock.nowMs());
  }
}

/** What was counted is stored by both nodes, which then both judge, at once. */
const judgeAll = async (spending: SmsSpending[]) => {
  await Promise.all(spending.map((node) => node.judge()));
  await Promise.all(spending.map((node) => node.judge()));
};

const RIPE_MS = 11 * MINUTE_MS;

test('[RATE-3] 19 of the last 100 codes are too few, 20 are enough; one node stops the prefix, and tells', async () => {
  const spending = twoNodes();
  codes(spending, 100, 19);
  codes(spending, 100, 20, french);
  await judgeAll(spending);
  expect(alerts, 'they may still come back').toEqual([]);
  clock.advance(RIPE_MS);
  await judgeAll(spending);
  // The range and, since nothing else went there, the country.
  const until = new Date(clock.nowMs() + HOUR_MS + 4 * MINUTE_MS);
  expect(alerts).toEqual([
    { kind: 'prefix-stopped', prefix: '+39', sent: 100, confirmed: 19, until },
    { kind: 'prefix-stopped', prefix: '+39333', sent: 100, confirmed: 19, until },
  ]);
  expect(await spending[0]!.admit(italian())).toEqual({ reason: 'stopped', retryAfterSeconds: 64 * 60 });
  expect(await ask(spending, 4, french)).toBe(4);
});

test('[RATE-3] fewer than a hundred codes prove nothing', async () => {
  const spending = twoNodes();
  codes(spending, 99, 0);
  clock.advance(RIPE_MS);
  await judgeAll(spending);
  expect(alerts).toEqual([]);
});

test('[RATE-3] the last hundred count: a prefix that was good long enough is stopped when it turns bad', async () => {
  const spending = twoNodes();
  for (let n = 0; n < 5; n++) {
    codes(spending, 100, 90);
    clock.advance(RIPE_MS);
    await judgeAll(spending);
  }
  expect(alerts).toEqual([]);
  codes(spending, 100, 10);
  clock.advance(RIPE_MS);
  await judgeAll(spending);
  expect(alerts.map((one) => one.prefix)).toEqual(['+39', '+39333']);
});

test('[RATE-3] a range is stopped alone while the rest of its country is in good order', async () => {
  const spending = twoNodes();
  codes(spending, 400, 350);
  codes(spending, 100, 2, () => number('+393511', 13));
  clock.advance(RIPE_MS);
  await judgeAll(spending);
  expect(alerts.map((one) => one.prefix)).toEqual(['+39351']);
  expect(await ask(spending, 2, italian)).toBe(2);
  expect(await ask(spending, 2, () => number('+393511', 13))).toBe(0);
});

test('[RATE-3] it opens again after a time that doubles, or by command; codes are counted anew', async () => {
  const spending = twoNodes();
  const bad = async () => {
    codes(spending, 100, 0);
    clock.advance(RIPE_MS);
    await judgeAll(spending);
  };
  await bad();
  expect(await ask(spending, 2, italian)).toBe(0);
  expect(await spent(), 'what is refused costs nothing').toBe(0);
  clock.advance(64 * MINUTE_MS);
  await judgeAll(spending);
  expect(await ask(spending, 2, italian)).toBe(2);
  await bad();
  expect(await spending[0]!.admit(italian())).toEqual({ reason: 'stopped', retryAfterSeconds: 124 * 60 });

  for (const prefix of ['+39', '+39333'])
    expect(await reopenPrefix(database.db, prefix, clock.nowMs())).toBe(true);
  expect(await reopenPrefix(database.db, '+39', clock.nowMs())).toBe(false);
  await judgeAll(spending);
  expect(await ask(spending, 2, italian)).toBe(2);
});

test('[RATE-3] simulated pumping: an expensive range is dried out, the cap holds every hour, honest people go on', async () => {
  const spending = twoNodes({ prefixBudget: '10' });
  const cost: number[] = [];
  let [honest, pumped] = [0, 0];
  for (let tick = 0; tick < 3 * 12; tick++) {
    // 40 accounts from as many networks, each with a number of its own, every five minutes; none comes back.
    const attack: Promise<void>[] = Array.from({ length: 40 }, async (_, index) => {
      const [phone, atMs] = [liechtenstein(), clock.nowMs()];
      if ((await spending[index % 2]!.admit(phone)) !== undefined) return;
      spending[index % 2]!.sent(phone, atMs);
      pumped += 1;
    });
    const people: Promise<void>[] = Array.from({ length: 6 }, async (_, index) => {
      const [phone, atMs] = [italian(), clock.nowMs()];
      if ((await spending[index % 2]!.admit(phone)) !== undefined) return;
      spending[index % 2]!.sent(phone, atMs);
      spending[(index + 1) % 2]!.confirmed(phone, atMs);
      honest += 1;
    });
    await Promise.all([...attack, ...people]);
    await judgeAll(spending);
    cost[Math.floor(tick / 12)] = await spent();
    clock.advance(5 * MINUTE_MS);
  }
  expect(honest, 'every honest code was sent').toBe(6 * 3 * 12);
  for (const hour of cost) expect(hour).toBeLessThanOrEqual(200_000);
  // 1,440 were asked for. 40 an hour are within the budget of the prefix; stopped, it is not even those.
  expect(pumped).toBeGreaterThanOrEqual(100);
  expect(pumped).toBeLessThanOrEqual(3 * 40);
  expect(alerts.some((one) => one.prefix === '+423')).toBe(true);
});

test('what counts no more is forgotten', async () => {
  const spending = twoNodes();
  codes(spending, 10, 0);
  await ask(spending, 2, italian);
  await judgeAll(spending);
  clock.advance(31 * 24 * HOUR_MS);
  await spending[0]!.forget();
  for (const table of ['sms_spending', 'sms_confirmation'])
    expect((await sql`select from ${sql.table(table)}`.execute(database.db)).rows).toEqual([]);
});
