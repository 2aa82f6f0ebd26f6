import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { type Clock, fixedClock } from '../clock/clock.ts';
import { waitersHere } from '../events/events.ts';
import { buildApp } from '../http/build-app.ts';
import { type Jobs, startJobs } from '../jobs/jobs.ts';
import { openLog } from '../log/log.ts';
import { StartRefused } from '../start-refused.ts';
import { devRoutes } from './dev.route.ts';

const START_MS = Date.UTC(2026, 5, 1);
const log = openLog('silent');
/** What reaches every node. */
const events = waitersHere();
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

interface Node {
  post(path: string, payload: object): Promise<{ statusCode: number; json(): unknown }>;
  clock: Clock;
  isLifted(): boolean;
  /** How often limits were told to forget. */
  forgotten(): number;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A node whose clock stands where it was told to, so that each node of this process has its own. */
async function startNode(): Promise<Node> {
  let offsetMs = 0;
  let isLifted = false;
  let forgotten = 0;
  const standing = fixedClock(START_MS);
  const clock: Clock = {
    nowMs: () => standing.nowMs() + offsetMs,
    now: () => new Date(standing.nowMs() + offsetMs),
  };
  const origins = { issuer: 'http://localhost:8080', acceptLoopback: true };
  const app = await buildApp({ ...origins, trustedProxies: [], clock, log });
  const jobs: Jobs = startJobs({ log });
  await devRoutes(app, {
    profile: 'test',
    db: database.db,
    clock,
    jobs,
    events,
    log,
    limits: {
      lift: (lifted) => (isLifted = lifted),
      forget: async () => {
        forgotten += 1;
      },
    },
    setClockOffset: (ms) => (offsetMs = ms),
  });
  return {
    post: (url, payload) => app.inject({ method: 'POST', url, payload, headers: { host: 'localhost:8080' } }),
    clock,
    isLifted: () => isLifted,
    forgotten: () => forgotten,
    [Symbol.asyncDispose]: async () => {
      await jobs.stop();
      await app.close();
    },
  };
}

test('the clock of every node has moved when the hook answers, and moves back', async () => {
  await using one = await startNode();
  await using two = await startNode();
  const advanced = await one.post('/dev/clock', { advanceSeconds: 3_600 });
  expect(advanced.json()).toEqual({ now: '2026-06-01T01:00:00.000Z', offsetSeconds: 3_600 });
  expect(two.clock.now().toISOString()).toBe('2026-06-01T01:00:00.000Z');

  await Promise.all([
    one.post('/dev/clock', { advanceSeconds: 60 }),
    two.post('/dev/clock', { advanceSeconds: 60 }),
  ]);
  expect(one.clock.now().toISOString()).toBe('2026-06-01T01:02:00.000Z');
  await using three = await startNode();
  expect(three.clock.now().toISOString()).toBe('2026-06-01T01:02:00.000Z');

  await two.post('/dev/clock', { reset: true });
  for (const node of [one, two, three]) expect(node.clock.nowMs()).toBe(START_MS);
  expect([one.forgotten(), two.forgotten()]).toEqual([0, 1]);
});

test('limits are lifted on every node, and set again', async () => {
  await using one = await startNode();
  await using two = await startNode();
  await one.post('/dev/limits', { lift: true });
  expect([one.isLifted(), two.isLifted()]).toEqual([true, true]);
  await two.post('/dev/limits', { lift: false });
  expect([one.isLifted(), two.isLifted()]).toEqual([false, false]);
});

test.each([
  {},
  { advanceSeconds: -1 },
  { advanceSeconds: 1.5 },
  { reset: false },
  { advanceSeconds: 1, reset: true },
])('the clock hook refuses %j', async (payload) => {
  await using node = await startNode();
  expect((await node.post('/dev/clock', payload)).statusCode).toBe(400);
  expect(node.clock.nowMs()).toBe(START_MS);
});

test('[SUP-1] production has no hooks, whatever the configuration says', async () => {
  const clock = fixedClock(START_MS);
  const app = await buildApp({
    issuer: 'https://id.example.org',
    acceptLoopback: false,
    trustedProxies: [],
    clock,
    log,
  });
  const deps = {
    profile: 'production' as const,
    db: database.db,
    clock,
    jobs: startJobs({ log }),
    events,
    log,
    limits: { lift: () => undefined, forget: async () => undefined },
    setClockOffset: () => undefined,
  };
  await expect(devRoutes(app, deps)).rejects.toThrow(StartRefused);
  const answer = await app.inject({
    method: 'POST',
    url: '/dev/clock',
    payload: { advanceSeconds: 1 },
    headers: { host: 'id.example.org' },
  });
  expect(answer.statusCode).toBe(404);
  await app.close();
});
