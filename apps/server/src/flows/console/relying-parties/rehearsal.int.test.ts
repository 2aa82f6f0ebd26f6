import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeAccess } from '../../../../../../tests/setup/accesses.ts';
import { EDITED_CLIENT, giveClient } from '../../../../../../tests/setup/desk-scenarios.ts';
import { good, outcome } from '../../../../../../tests/setup/journeys.ts';
import { ceremonyOf, giveOperator, type TestOperator } from '../../../../../../tests/setup/operators.ts';
import { provePasskey } from '../../../../../../tests/setup/passkeys.ts';
import { type PopulatedInstallation, sharedInstallation } from '../../../../../../tests/setup/populated.ts';
import { readAudit } from '../../../platform/audit/audit.ts';
import { DAY_MS, MINUTE_MS } from '../../../platform/clock/clock.ts';
import { inTransaction } from '../../../platform/database/database.ts';
import { months } from '../../../platform/database/partition-periods.ts';
import { randomId, uuidv7, uuidv7Floor } from '../../../platform/ids.ts';
import { rehearsalStore } from '../../../stores/console/rehearsal.store.ts';
import type { Rehearsal, RehearsalOutcome, Rule } from './rehearsal.ports.ts';

type Done = Extract<RehearsalOutcome, { kind: 'done' }>;

let on: PopulatedInstallation;
let administrator: TestOperator;
let path: string;
let clientId: string;
beforeAll(async () => {
  on = await sharedInstallation();
  administrator = await giveOperator(on, 'administrator');
  ({ path, clientId } = await giveClient(administrator));
});
afterAll(() => on[Symbol.asyncDispose]());

/** What the relying party asks from the start: a second factor only of who has one, and any. */
const NOW: Rule = {
  secondFactor: 'optional',
  methods: ['totp', 'passkey', 'sms-code'],
  registrationPhone: 'none',
  smsAlone: true,
};
const REQUIRED: Rule = { ...NOW, secondFactor: 'required' };

const start = (policy: Rule, days = 30, at = path) =>
  administrator.browser.post(`${at}/rehearsal`, { policy, days });

const last = async (at = path) =>
  good(await administrator.browser.get<{ rehearsal: Rehearsal | null }>(`${at}/rehearsal`)).rehearsal;

/** Tries a rule, and waits for what comes of it. */
async function rehearse(policy: Rule, days = 30, at = path): Promise<Done> {
  expect(outcome(await start(policy, days, at))).toBe('202');
  await expect.poll(async () => (await last(at))?.finishedAt, { timeout: MINUTE_MS }).toBeTruthy();
  const result = (await last(at))?.outcome;
  if (result?.kind !== 'done') throw new Error('the rehearsal failed');
  return result;
}

/** Signs somebody in, as the history has it. */
async function signsIn(accountId: string, method: string | null, times = 1, daysAgo = 1): Promise<void> {
  const at = new Date(on.nowMs() - daysAgo * DAY_MS);
  const kind = method === null ? 'single-sign-on' : 'sign-in';
  for (let time = 0; time < times; time += 1)
    await writeAccess(on, accountId, { at, clientId, kind, method });
}

async function givePasskey(accountId: string): Promise<void> {
  const at = new Date(on.nowMs());
  const base = { method: 'passkey', state: 'active', bindingLevel: 3, keyProtection: 'hardware' } as const;
  const nothing = { contactId: null, secret: null, label: '', expiresAt: null };
  const passkey = { ...base, ...nothing, id: randomId(), channelId: randomId(), at };
  await inTransaction(on.database.db, (tx) => on.stores.authenticators.insert(tx, accountId, passkey));
}

describe('people who have nothing, SMS, an authenticator app, both, or a passkey', () => {
  beforeAll(async () => {
    const [none, sms, app, both, passkey, single] = [
      await on.holder(),
      await on.holder({ sms: true }),
      await on.holder({ totp: true }),
      await on.holder({ sms: true, totp: true }),
      await on.holder(),
      await on.holder({ totp: true }),
    ];
    await givePasskey(passkey.id);
    await signsIn(none.id, 'password', 3);
    await signsIn(sms.id, 'sms-code', 2, 6);
    await signsIn(app.id, 'totp', 4);
    await signsIn(both.id, 'sms-code', 1);
    await signsIn(both.id, 'totp', 1);
    await signsIn(passkey.id, 'passkey', 1);
    await signsIn(single.id, null, 5);
    // Not counted: too long ago, refused, somewhere else, and no sign-in.
    const other = (await on.holder()).id;
    const at = new Date(on.nowMs());
    await signsIn(other, 'password', 2, 40);
    await writeAccess(on, other, { at, clientId, outcome: 'failure' });
    await writeAccess(on, other, { at, clientId: 'elsewhere' });
    await writeAccess(on, other, { at, clientId, kind: 'lift-suspension' });
  });

  test('the rule as it is lets in everybody who came in', async () => {
    const { people, signIns, isSample, estimatedPeople } = await rehearse(NOW);
    expect(people).toEqual({ asBefore: 6, askedMore: 0, lockedOut: 0 });
    expect(signIns).toEqual({ asBefore: 17, askedMore: 0, lockedOut: 0 });
    expect([isSample, estimatedPeople]).toEqual([false, 6]);
  });

  test('a second factor of everybody locks out who has none', async () => {
    const { people, signIns } = await rehearse(REQUIRED);
    expect(people).toEqual({ asBefore: 5, askedMore: 0, lockedOut: 1 });
    expect(signIns).toEqual({ asBefore: 14, askedMore: 0, lockedOut: 3 });
  });

  test('without SMS, who has it alone is locked out, and who has an app as well uses that', async () => {
    const { people, signIns, days } = await rehearse({ ...REQUIRED, methods: ['totp', 'passkey'] });
    expect(people).toEqual({ asBefore: 3, askedMore: 1, lockedOut: 2 });
    expect(signIns).toEqual({ asBefore: 11, askedMore: 1, lockedOut: 5 });
    expect(days).toHaveLength(30);
    const isoOf = (daysAgo: number) => new Date(on.nowMs() - daysAgo * DAY_MS).toISOString().slice(0, 10);
    const dayOf = (daysAgo: number) => days.find(({ day }) => day === isoOf(daysAgo));
    expect(dayOf(1)).toMatchObject({ asBefore: 11, askedMore: 1, lockedOut: 3 });
    expect(dayOf(6)).toMatchObject({ asBefore: 0, askedMore: 0, lockedOut: 2 });
    expect(dayOf(2)).toMatchObject({ asBefore: 0, askedMore: 0, lockedOut: 0 });
  });

  test('SMS that may not stand alone locks out who has nothing else', async () => {
    const { people } = await rehearse({ ...REQUIRED, smsAlone: false });
    expect(people).toEqual({ asBefore: 4, askedMore: 0, lockedOut: 2 });
  });

  test('a passkey of everybody leaves in who has one', async () => {
    const { people } = await rehearse({ ...REQUIRED, methods: ['passkey'] });
    expect(people).toEqual({ asBefore: 1, askedMore: 0, lockedOut: 5 });
  });

  test('of more days more count, of fewer fewer', async () => {
    expect((await rehearse(REQUIRED, 90)).people).toEqual({ asBefore: 5, askedMore: 0, lockedOut: 2 });
    const week = await rehearse(REQUIRED, 7);
    expect(week.days).toHaveLength(7);
    expect(week.people).toEqual({ asBefore: 5, askedMore: 0, lockedOut: 1 });
  });

  test('what is told names nobody, and the rule that was tried and its figures are on record with the decision', async () => {
    const rule = { ...REQUIRED, methods: ['totp', 'passkey'] };
    await rehearse(rule);
    const told = await last();
    const ids = await on.database.db.selectFrom('account').select(['id', 'user_id']).execute();
    const text = JSON.stringify(told);
    expect(ids.filter(({ id, user_id }) => text.includes(id) || text.includes(user_id))).toEqual([]);

    expect(await applied({ ...rule, methods: ['passkey', 'totp'] })).toMatchObject({
      ...{ client: clientId, rehearsal: told?.id, rehearsedDays: 30, isSample: false, estimatedPeople: 6 },
      ...{ asBefore: 3, askedMore: 1, lockedOut: 2 },
    });
    expect(good(await administrator.browser.get(path))).toMatchObject({
      policy: { secondFactor: 'required' },
    });
    // Another rule than the one that was tried says nothing of it.
    expect(await applied(NOW)).not.toHaveProperty('lockedOut');
  });
});

/** Has a rule count by an administrator's decision. @returns what the record says of it */
async function applied(policy: Rule): Promise<Record<string, unknown>> {
  const { browser, device, id } = administrator;
  const body = { ...EDITED_CLIENT, policy };
  const asked = await browser.request('PUT', path, body);
  const ceremony = ceremonyOf({ status: asked.status, body: await asked.json() });
  good(await provePasskey(browser, ceremony, device));
  const done = await browser.request('PUT', path, { ...body, approval: ceremony.id });
  expect(done.status).toBe(204);
  const rows = await readAudit(on.database.db, on.keyring, id);
  return rows.filter(({ type }) => type === 'relying-party-changed').at(-1)?.details ?? {};
}

test('a relying party that nobody signed in to says so; a rule that no relying party may have is refused', async () => {
  const { path: fresh } = await giveClient(administrator);
  expect(await last(fresh)).toBeNull();
  const { people, estimatedPeople } = await rehearse(REQUIRED, 30, fresh);
  expect([people, estimatedPeople]).toEqual([{ asBefore: 0, askedMore: 0, lockedOut: 0 }, 0]);
  expect(outcome(await start({ ...REQUIRED, methods: ['carrier-pigeon'] }, 30, fresh))).toBe('400 bad-input');
  expect((await start(REQUIRED, 8, fresh)).status).toBe(400);
  expect(outcome(await start(REQUIRED, 30, '/api/console/relying-parties/none'))).toBe('404 not-found');
});

test('of very many people a sample is looked at, and how many there are is estimated', async () => {
  const { path: crowded, clientId: client } = await giveClient(administrator);
  const now = new Date(on.nowMs());
  const month = uuidv7Floor(months.periodOf(now.getTime()).startMs);
  await sql`insert into access_count (account_id, month, client_id, outcome, lines, last_at)
    select gen_random_uuid(), ${month}, ${client}, 'success', 1, ${now} from generate_series(1, 10000)`.execute(
    on.database.db,
  );
  const { isSample, estimatedPeople } = await rehearse(REQUIRED, 7, crowded);
  expect(isSample).toBe(true);
  expect((await last(crowded))?.peopleInAll).toBe(5_000);
  // Half of ten thousand random ids: the estimate errs by a hundredth.
  expect(estimatedPeople).toBeGreaterThan(9_000);
  expect(estimatedPeople).toBeLessThan(11_000);
});

test('one at a time for each relying party, unless the node that worked on it is gone', async () => {
  const now = new Date(on.nowMs());
  const at = (later: number) => new Date(now.getTime() + later);
  const begin = (startedAt: Date, deadSince: Date) =>
    inTransaction(on.database.db, (tx) => {
      const id = uuidv7(startedAt.getTime());
      const begun = {
        clientId: 'busy',
        id,
        rule: NOW,
        days: 7,
        startedAt,
        seenAt: startedAt,
        finishedAt: null,
      };
      return rehearsalStore.begin(tx, { ...begun, people: 0, peopleInAll: 0, outcome: null }, deadSince);
    });
  const dead = at(-2 * MINUTE_MS);
  const wins = await Promise.all(Array.from({ length: 16 }, () => begin(now, dead)));
  expect(wins.filter(Boolean)).toHaveLength(1);
  expect(await begin(at(MINUTE_MS), at(-MINUTE_MS))).toBe(false);
  expect(await begin(at(3 * MINUTE_MS), at(MINUTE_MS))).toBe(true);
});
