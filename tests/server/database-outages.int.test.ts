import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../../apps/server/src/platform/database/database.ts';
import { startTemplateServer, type TemplateServer } from '../setup/database.ts';
import { type DatabaseProxy, databaseProxy } from '../setup/database-proxy.ts';
import type { HttpBrowser } from '../setup/http-browser.ts';
import { outcome, signIn, tryPassword } from '../setup/journeys.ts';
import { type Holder, type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';
import { signalTree } from '../setup/process-tree.ts';
import { quickFolder } from '../setup/quick-folder.ts';

const ANSWER_MS = 5_000;
const RECOVERY_MS = 10_000;
const METRICS_TOKEN = randomBytes(24).toString('base64url');

let database: TemplateServer;
let proxy: DatabaseProxy;
let on: PopulatedInstallation;
let holder: Holder;
let signedIn: HttpBrowser;
/** Each signs in once: who was turned away in the middle of it has failed once. */
let others: Holder[];
beforeAll(async () => {
  database = await startTemplateServer(await quickFolder());
  proxy = await databaseProxy(database.template.address);
  const template = { ...database.template, address: proxy.address };
  on = await populatedInstallation(1, { SIGILLO_METRICS_TOKEN: METRICS_TOKEN }, { template });
  holder = await on.holder();
  others = await on.holders(500);
  signedIn = await signIn(on, on.browser(), holder);
});
afterAll(async () => {
  await on[Symbol.asyncDispose]();
  await proxy.close();
  await database.stop();
});

const AUTHORIZE = `/oidc/authorize?${new URLSearchParams({
  client_id: 'claims',
  redirect_uri: 'http://127.0.0.1:8083/callback',
  response_type: 'code',
  scope: 'openid',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
})}`;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const TOKEN = `grant_type=authorization_code&code=${'x'.repeat(43)}&client_id=claims&redirect_uri=http%3A%2F%2F127.0.0.1%3A8083%2Fcallback&code_verifier=${'v'.repeat(43)}`;
const PERSON = { email: 'somebody@example.org', password: 'a long enough sentence', language: 'en' };

/** One request of each kind, all of which need the database. */
const REQUESTS: Record<string, () => Promise<Response>> = {
  'a password': () =>
    on.browser().request('POST', '/api/sign-in/password', { identifier: holder.email, password: 'wrong' }),
  'a session': () => signedIn.request('GET', '/api/session'),
  'the account': () => signedIn.request('GET', '/api/account'),
  'a registration': () => on.browser().request('POST', '/api/registrations', PERSON),
  'an authorisation': () => on.browser().request('GET', AUTHORIZE),
  'a token': () => on.browser().request('POST', '/oidc/token', TOKEN, FORM),
  'the claims': () =>
    on.browser().request('GET', '/oidc/userinfo', undefined, { authorization: `Bearer ${'t'.repeat(43)}` }),
};

async function timedAnswer(ask: () => Promise<Response>) {
  const sinceMs = performance.now();
  const answer = await ask();
  await answer.arrayBuffer();
  const { status, headers } = answer;
  return { status, retryAfter: Number(headers.get('retry-after')), ms: performance.now() - sinceMs };
}

/** Every kind of request at once: each is told to come again, in time. */
async function expectAllTurnedAway(): Promise<void> {
  const asked = Object.entries(REQUESTS).map(async ([name, ask]) => {
    const { status, retryAfter, ms } = await timedAnswer(ask);
    expect([name, status, retryAfter > 0, ms < ANSWER_MS]).toEqual([name, 503, true, true]);
  });
  await Promise.all(asked);
}

async function expectNotReady(): Promise<void> {
  const { status, body } = await on.browser().get('/readyz');
  expect([status, body.reason]).toEqual([503, 'database']);
  expect((await on.browser().get('/healthz')).status).toBe(200);
  const authorization = `Bearer ${METRICS_TOKEN}`;
  const metrics = await on.browser().request('GET', '/metrics', undefined, { authorization });
  expect(await metrics.text()).toContain('sigillo_not_ready{reason="database"} 1\n');
}

async function signInOfSomebody(): Promise<string> {
  const { email, password } = others.pop()!;
  return outcome(await tryPassword(on.browser(), email, password));
}

/** Signing in works again, the node says so, and what it does by itself goes on: a letter goes out. */
async function expectRecovered(): Promise<void> {
  const sinceMs = performance.now();
  await expect.poll(signInOfSomebody, { timeout: RECOVERY_MS, interval: 200 }).toBe('200');
  expect((await on.browser().get('/readyz')).status).toBe(200);
  const { email } = await on.holder();
  expect((await on.browser().post('/api/password-resets', { identifier: email })).status).toBe(202);
  await on.dev.newest(email);
  expect(performance.now() - sinceMs).toBeLessThan(RECOVERY_MS);
  expect((await signedIn.get('/api/session')).body).toMatchObject({ signedIn: true });
}

test('[AVL-3] a database that is stopped: everybody is told so within five seconds, and served when it goes on', async () => {
  const pid = database.pid ?? 0;
  signalTree(pid, 'SIGSTOP');
  try {
    await expectAllTurnedAway();
    await expectNotReady();
  } finally {
    signalTree(pid, 'SIGCONT');
  }
  await expectRecovered();
});

test('[AVL-3] a database that is gone, and comes back', async () => {
  proxy.cut(true);
  await expectAllTurnedAway();
  await expectNotReady();
  proxy.cut(false);
  await expectRecovered();
});

test('[AVL-3] a database that is killed: what is asked meanwhile is answered truly or turned away', async () => {
  signalTree(database.pid ?? 0, 'SIGKILL');
  const answers = await Promise.all(
    Array.from({ length: 40 }, async (_, nth) => {
      await sleep(nth * 25);
      return timedAnswer(() =>
        on
          .browser()
          .request('POST', '/api/sign-in/password', { identifier: holder.email, password: 'wrong' }),
      );
    }),
  );
  const seen = new Set(answers.map(({ status }) => status));
  expect([...seen].filter((status) => ![422, 429, 503].includes(status))).toEqual([]);
  expect(seen).toContain(503);
  expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(ANSWER_MS);
  await expectRecovered();
});

test('[AVL-3] a database so slow that nothing would be done in time', async () => {
  proxy.delay(2_000);
  const { status, ms } = await timedAnswer(REQUESTS['a registration']!);
  proxy.delay(0);
  expect([status, ms < ANSWER_MS]).toEqual([503, true]);
  await expectRecovered();
});

test('[AVL-3] more who wait than there are connections, for a lock that does not come: all are turned away in time', async () => {
  await inTransaction(on.database.db, async (tx) => {
    await sql`lock table account in access exclusive mode`.execute(tx);
    const waiting = Array.from({ length: 60 }, () =>
      timedAnswer(() =>
        on.browser().request('POST', '/api/sign-in/password', { identifier: holder.email, password: 'x' }),
      ),
    );
    const answers = await Promise.all(waiting);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(ANSWER_MS);
    // What they left in the database does not stay there either.
    await sleep(1_500);
    const { rows } = await sql<{ waiting: number }>`select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(tx);
    expect(rows[0]?.waiting).toBeLessThan(20);
  });
  await expectRecovered();
});
