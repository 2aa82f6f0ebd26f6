import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeAccess } from '../../../../../../tests/setup/accesses.ts';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  asked,
  enterPassword,
  good,
  outcome,
  signIn,
  stepUpOf,
  tryCode,
  tryPassword,
} from '../../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import { randomId } from '../../../platform/ids.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

interface Page {
  accesses: {
    id: string;
    at: string;
    kind: string;
    outcome: string;
    method: string | null;
    level: number | null;
    service: { id: string };
    browser: string;
    system: string;
    local: boolean;
  }[];
  next: string | null;
}

interface Summary {
  successes: number;
  failures: number;
  lastAccessAt: string | null;
  months: { month: string; successes: number; failures: number }[];
  services: { id: string }[];
}

const read = async (browser: HttpBrowser, query = '') =>
  good(await browser.get<Page>(`/api/selfcare/history${query}`));
const summary = async (browser: HttpBrowser) =>
  good(await browser.get<Summary>('/api/selfcare/history/summary'));

/** Every page after another. */
async function readAll(browser: HttpBrowser, query = '?'): Promise<Page['accesses']> {
  const all: Page['accesses'] = [];
  let before = '';
  do {
    const page = await read(browser, `${query}${before}`);
    all.push(...page.accesses);
    before = page.next ? `&before=${page.next}` : '';
  } while (before);
  return all;
}

const registered = async (holder: Holder) =>
  on.database.db.selectFrom('access_event').selectAll().where('account_id', '=', holder.id).execute();

test('[SPID-HIS-1] [AUD-4] what went well and what failed: when, what, where, how, at which level', async () => {
  const holder = await on.holder({ totp: true });
  expect(outcome(await tryPassword(on.browser(), holder.email, 'a wrong password'))).toBe(
    '422 sign-in-refused',
  );
  const wrong = await enterPassword(on.browser(), holder);
  await tryCode(on.browser(), wrong, 'totp', '000000');
  const mine = on.browser();
  const ceremony = await enterPassword(mine, holder);
  expect(outcome(await tryCode(mine, ceremony, asked(ceremony, 'totp').method, '000000'))).toBe(
    '422 code-rejected',
  );
  await signIn(on, mine, holder);
  const { accesses, next } = await read(mine);
  expect(next).toBeNull();
  expect(accesses).toMatchObject([
    {
      kind: 'sign-in',
      outcome: 'success',
      method: 'totp',
      level: 2,
      service: { id: 'account' },
      browser: 'Firefox 140',
    },
    { kind: 'sign-in', outcome: 'failure', method: 'totp', level: 2 },
    { kind: 'sign-in', outcome: 'failure', method: 'password', level: 2 },
  ]);
  const told = await summary(mine);
  expect(told).toMatchObject({ successes: 1, failures: 2, lastAccessAt: accesses[0]!.at });
  expect(told.months).toEqual([{ month: accesses[0]!.at.slice(0, 7), successes: 1, failures: 2 }]);
});

test('[SPID-HIS-1] counts equal the register, also of sixteen who come at once', async () => {
  const holder = await on.holder();
  const mine = await signIn(on, on.browser(), holder);
  await tryPassword(on.browser(1), holder.email, 'a wrong password');
  const at = new Date(on.nowMs());
  const sixteen = Array.from({ length: 16 }, (_, nth) => (nth % 4 === 0 ? 'failure' : 'success'));
  await Promise.all(
    sixteen.map((how) => writeAccess(on, holder.id, { at, clientId: 'claims', outcome: how as 'failure' })),
  );
  const lines = await registered(holder);
  const countOf = (wanted: string) => lines.filter((line) => line.outcome === wanted).length;
  const told = await summary(mine);
  expect(told).toMatchObject({ successes: countOf('success'), failures: countOf('failure') });
  expect(told.successes).toBe(13);
  expect(told.failures).toBe(5);
  const audit = await on.database.db
    .selectFrom('audit')
    .select('id')
    .where('account_id', '=', holder.id)
    .execute();
  const recorded = new Set(audit.map(({ id }) => id));
  expect(
    lines.filter(({ id }) => !recorded.has(id)),
    'lines without a row of the audit',
  ).toEqual([]);
});

test('[SPID-HIS-1] filters by date, outcome and service, page by page; the counts are those of the filters', async () => {
  const holder = await on.holder();
  const mine = await signIn(on, on.browser(), holder);
  const startMs = on.nowMs() - 400 * 86_400_000;
  const services = ['claims', 'care', 'gone'];
  for (let nth = 0; nth < 120; nth++)
    await writeAccess(on, holder.id, {
      at: new Date(startMs + nth * 3 * 86_400_000),
      clientId: services[nth % 3]!,
      outcome: nth % 10 === 0 ? 'failure' : 'success',
    });
  const lines = await registered(holder);
  const all = await readAll(mine);
  expect(all.map(({ id }) => id)).toEqual(
    lines
      .map(({ id }) => id)
      .sort()
      .reverse(),
  );
  expect(await summary(mine)).toMatchObject({ successes: 109, failures: 12 });
  expect((await summary(mine)).services.map(({ id }) => id).sort()).toEqual([
    'account',
    'care',
    'claims',
    'gone',
  ]);

  const failures = await readAll(mine, '?outcome=failure');
  expect(failures).toHaveLength(12);
  expect(new Set(failures.map((one) => one.outcome))).toEqual(new Set(['failure']));
  expect(await readAll(mine, '?service=claims')).toHaveLength(40);
  expect(await readAll(mine, '?service=claims&outcome=failure')).toHaveLength(4);
  expect(await readAll(mine, '?service=account')).toHaveLength(1);
  expect(await readAll(mine, '?service=nobody')).toEqual([]);
  const [from, to] = [30, 60].map((nth) => new Date(startMs + nth * 3 * 86_400_000).toISOString());
  const between = await readAll(mine, `?from=${from}&to=${to}`);
  expect(between.every(({ at }) => at >= from! && at < to!)).toBe(true);
  expect(between).toHaveLength(30);
  expect(await readAll(mine, `?from=${from}&to=${to}&service=care`)).toHaveLength(10);
});

test('[AUD-4] nobody reads the history of another, nor without a session', async () => {
  const [one, other] = await on.holders(2);
  const mine = await signIn(on, on.browser(), one!);
  const theirs = await signIn(on, on.browser(), other!);
  const { accesses } = await read(theirs);
  expect((await read(mine, `?before=${accesses[0]!.id}`)).accesses.map(({ id }) => id)).not.toContain(
    accesses[0]!.id,
  );
  expect(outcome(await on.browser().get('/api/selfcare/history'))).toBe('401 sign-in-needed');
  expect(outcome(await on.browser().get('/api/selfcare/history/summary'))).toBe('401 sign-in-needed');
});

test('[AUD-4] failures of a name that nobody has are nobody’s', async () => {
  const { db } = on.database;
  const count = async () =>
    Number(
      (await db.selectFrom('access_event').select(db.fn.countAll().as('n')).executeTakeFirstOrThrow()).n,
    );
  const before = await count();
  await tryPassword(on.browser(), `nobody.${randomId()}@example.org`, 'a wrong password');
  expect(await count()).toBe(before);
});

test('[SES-4] taking the history along asks for a fresh proof', async () => {
  const holder = await on.holder();
  const mine = await signIn(on, on.browser(), holder);
  await on.advance(301);
  const refused = await mine.post('/api/selfcare/history/exports', { format: 'csv' });
  expect(stepUpOf(refused).purpose).toBe('step-up');
});
