import { randomBytes, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from '../../apps/server/src/platform/ids.ts';
import { enterPassword, sendCode, signIn, tryPassword } from '../setup/journeys.ts';
import { judge } from '../setup/judge.ts';
import { type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';

const MONITORING = join(import.meta.dirname, '../../docs/operations/monitoring');
const TOKEN = randomBytes(24).toString('base64url');

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation(1, { SIGILLO_METRICS_TOKEN: TOKEN, SIGILLO_SMS_HOURLY_BUDGET: '20' });
});
afterAll(() => on[Symbol.asyncDispose]());

const askMetrics = (headers: Record<string, string>) =>
  on.browser().request('GET', '/metrics', undefined, headers);

async function readMetrics(): Promise<string> {
  const answer = await askMetrics({ authorization: `Bearer ${TOKEN}` });
  expect(answer.status).toBe(200);
  return answer.text();
}

/** The values of the series whose labels contain all of these. */
function sumOf(text: string, name: string, labels: Record<string, string> = {}): number {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const lines = text.split('\n').filter((line) => new RegExp(`^${name}[{ ]`).test(line));
  const found = lines.filter((line) => wanted.every((part) => line.includes(part)));
  return found.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

const seriesIn = (text: string): string[] =>
  text.split('\n').flatMap((line) => /^[a-z]\w*(\{.*\})? /.exec(line)?.[0] ?? []);

test('[SUP-1] /metrics is for who has the token, and by no other way', async () => {
  for (const headers of [
    {},
    { authorization: 'Bearer wrong' },
    { authorization: TOKEN },
    { cookie: TOKEN },
  ]) {
    const answer = await askMetrics(headers);
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="metrics"']);
    expect(await answer.text()).not.toContain('sigillo_info');
  }
});

test('a sign-in is counted once it is committed, by level and by what was proven', async () => {
  const holder = await on.holder({ totp: true });
  await signIn(on, on.browser(), holder);
  await tryPassword(on.browser(), holder.email, 'a wrong password, clearly');
  const text = await readMetrics();
  expect(
    sumOf(text, 'sigillo_sign_ins_total', { outcome: 'signed-in', level: '2', factors: 'pwd otp mfa' }),
  ).toBe(1);
  expect(sumOf(text, 'sigillo_proofs_total', { factor: 'password', outcome: 'accepted' })).toBe(1);
  expect(sumOf(text, 'sigillo_proofs_total', { factor: 'password', outcome: 'refused' })).toBe(1);
  expect(sumOf(text, 'sigillo_events_total', { event: 'proof-accepted' })).toBe(2);
  expect(sumOf(text, 'sigillo_problems_total', { problem: 'sign-in-refused' })).toBe(1);
  expect(sumOf(text, 'sigillo_password_hash_wait_seconds_count')).toBe(2);
  const route = { method: 'POST', route: '/api/sign-in/password' };
  expect(sumOf(text, 'sigillo_http_request_duration_seconds_count', { ...route, status: '2xx' })).toBe(1);
  expect(sumOf(text, 'sigillo_http_request_duration_seconds_count', { ...route, status: '4xx' })).toBe(1);
});

test('what the node stands on is measured when somebody reads', async () => {
  await on.dev.liftLimits(false);
  const browser = on.browser();
  const ask = () => browser.post('/api/password-resets', { identifier: 'nobody@example.org' });
  await Promise.all(Array.from({ length: 40 }, ask));
  await on.dev.liftLimits(true);
  const text = await readMetrics();
  expect(sumOf(text, 'sigillo_database_up')).toBe(1);
  expect(text).toMatch(/^sigillo_not_ready\{reason="database"\} 0$/m);
  expect(sumOf(text, 'sigillo_database_connections')).toBeGreaterThan(0);
  expect(sumOf(text, 'sigillo_limited_total', { limit: 'reset' })).toBeGreaterThan(0);
  expect(text).toMatch(/^sigillo_audit_unsealed_rows \d+$/m);
  expect(sumOf(text, 'sigillo_key_age_seconds', { key: 'signing' })).toBeGreaterThan(0);
  expect(text).toMatch(/^sigillo_outbox_messages\{channel="sms"\} 0$/m);
  expect(text).toMatch(/^sigillo_outbox_oldest_due_seconds\{channel="email"\} /m);
  expect(text).toMatch(/^sigillo_info\{version="[\d.]+",node="v[\d.]+"\} 1$/m);
  expect(sumOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(50_000_000);
  const isDone = (text: string) =>
    sumOf(text, 'sigillo_audit_block') > 0 &&
    sumOf(text, 'sigillo_job_last_success_timestamp_seconds', { job: 'seal-audit' }) >
      on.nowMs() / 1_000 - 60;
  await expect.poll(async () => isDone(await readMetrics()), { timeout: 20_000 }).toBe(true);
});

const inAnHour = () => new Date(on.nowMs() + 3_600_000);

test('[RATE-3] what SMS cost in this hour, what they may, and how many prefixes are stopped', async () => {
  const { db } = on.database;
  await on.advance(3_601 - (Math.floor(on.nowMs() / 1_000) % 3_600)); // not in the last second of an hour
  const holder = await on.holder({ sms: true });
  const browser = on.browser();
  await sendCode(on, browser, await enterPassword(browser, holder), 'sms-code', holder.phone);
  const stop = { stopped_at: new Date(0), sent: 100, confirmed: 1, times: 1 };
  await db
    .insertInto('sms_stopped_prefix')
    .values([
      { prefix: '+423', until: inAnHour(), ...stop },
      { prefix: '+377', until: new Date(0), ...stop },
    ])
    .execute();
  const text = await readMetrics();
  expect(sumOf(text, 'sigillo_sms_hour_spent')).toBe(0.1);
  expect(sumOf(text, 'sigillo_sms_hour_budget')).toBe(20);
  expect(sumOf(text, 'sigillo_sms_decisions_total', { outcome: 'admitted' })).toBe(1);
  expect(sumOf(text, 'sigillo_sms_stopped_prefixes')).toBe(1);
});

/** A message that was given up. */
async function giveUp(channel: 'email' | 'sms', expiresAt: Date, forgotten: boolean): Promise<void> {
  const { db } = on.database;
  const id = uuidv7(on.nowMs());
  const times = { created_at: new Date(on.nowMs()), sent_at: null, receipt_at: null, expires_at: expiresAt };
  const texts = { recipient_sealed: Buffer.of(0), content_sealed: null, language: 'it' as const };
  const state = { state: 'dead' as const, attempts: 8, last_error: 'HTTP 503', account_id: null };
  await db
    .insertInto('outbox')
    .values({ id, channel, ...state, ...texts, ...times })
    .execute();
  await db
    .insertInto('outbox_dead')
    .values({ id, died_at: times.created_at, expires_at: expiresAt, forgotten })
    .execute();
}

test('what waits to be told to portals, and what was given up of both queues', async () => {
  const { db } = on.database;
  await giveUp('email', inAnHour(), false);
  await giveUp('email', new Date(on.nowMs() - 1), false);
  await giveUp('sms', inAnHour(), true);
  const notice = { account_id: uuidv7(0), client_id: 'gone', ended_at: new Date(0), attempts: 1 };
  const due = (at: Date) => ({
    session_id: uuidv7(on.nowMs()),
    sid: 's',
    due_at: at,
    leased_until: inAnHour(),
  });
  await db
    .insertInto('logout_notice')
    .values([
      { ...notice, ...due(inAnHour()) },
      { ...notice, ...due(new Date(on.nowMs() - 600_000)) },
    ])
    .execute();
  const given_up_at = new Date(on.nowMs());
  await db
    .insertInto('logout_dead')
    .values({ ...notice, session_id: uuidv7(on.nowMs()), sid: 's', given_up_at, reason: 'answered 503' })
    .execute();
  const text = await readMetrics();
  const givenUp = (channel: string) => sumOf(text, 'sigillo_outbox_given_up', { channel });
  expect([givenUp('email'), givenUp('sms'), givenUp('push')]).toEqual([1, 0, 0]);
  expect(sumOf(text, 'sigillo_logout_notices')).toBe(2);
  expect(sumOf(text, 'sigillo_logout_oldest_due_seconds')).toBeGreaterThanOrEqual(600);
  expect(sumOf(text, 'sigillo_logout_given_up')).toBe(1);
});

test('however many different addresses, ids and programs ask: they make no series of their own', async () => {
  const browser = on.browser();
  const noise = () => randomBytes(randomInt(4, 20)).toString('hex');
  const round = async () => {
    for (let n = 0; n < 20; n++) {
      const headers = { 'user-agent': noise(), 'x-request-id': noise(), 'x-forwarded-for': `192.0.2.${n}` };
      const paths = [
        `/api/ceremonies/${noise()}`,
        `/${noise()}`,
        `/api/${noise()}/${noise()}`,
        `/problems/${noise()}`,
      ];
      for (const path of [...paths, `/oidc/auth/${noise()}`, `/docs?${noise()}`])
        await browser.request('GET', path, undefined, headers);
      await browser.request('PURGE', `/${noise()}`, undefined, headers).catch(() => undefined);
    }
    for (let n = 0; n < 5; n++) await tryPassword(browser, noise(), 'not a password of anybody');
  };
  await round();
  const before = seriesIn(await readMetrics());
  await round();
  const after = seriesIn(await readMetrics());
  const isOfRequests = (series: string) => !series.includes('job=');
  expect(after.filter((series) => isOfRequests(series) && !before.includes(series))).toEqual([]);
  expect(after.length).toBeLessThan(2_000);
});

/** Names of series in expressions of Prometheus: ours, and those that every program has by the same names. */
const namesIn = (text: string): string[] => [
  ...new Set(text.match(/\b(sigillo|process|nodejs)_[a-z0-9_]+\b/g) ?? []),
];

test.each(['grafana-dashboard.json', 'rules.yml'])('every metric that %s names is there', async (file) => {
  const text = await readMetrics();
  const known = new Set(
    [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name = '', kind]) =>
      kind === 'histogram' ? ['_bucket', '_sum', '_count'].map((suffix) => name + suffix) : [name],
    ),
  );
  const named = namesIn(readFileSync(join(MONITORING, file), 'utf8'));
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

const promtool = judge('promtool', 'apt-get install prometheus');
promtool.describe('metrics, rules and dashboard', () => {
  test('the metrics are as Prometheus wants them', async () => {
    expect(promtool.run(['check', 'metrics'], await readMetrics())).toMatchObject({
      status: 0,
      stdout: '',
      stderr: '',
    });
    // It is seen to refuse: a counter that does not say so.
    expect(promtool.run(['check', 'metrics'], '# HELP a A.\n# TYPE a counter\na 1\n').status).not.toBe(0);
  });

  test('the alert rules are sound', () => {
    const file = join(MONITORING, 'rules.yml');
    expect(promtool.run(['check', 'rules', file])).toMatchObject({ status: 0 });
    expect(promtool.run(['check', 'rules', join(MONITORING, 'grafana-dashboard.json')]).status).not.toBe(0);
  });
});
