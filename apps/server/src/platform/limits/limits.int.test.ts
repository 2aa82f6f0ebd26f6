import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { fixedClock, MINUTE_MS } from '../clock/clock.ts';
import { clientInfoOf } from '../http/client-info.ts';
import { Problem } from '../http/problems.ts';
import { openLog } from '../log/log.ts';
import { type Limits, type RunningLimits, startLimits, TRIES_PER_NETWORK } from './limits.ts';
import { deleteOldCounts } from './rate-limit.store.ts';

const START_MS = Date.UTC(2026, 5, 1);
/** Long enough for both nodes to have merged and read, on a busy computer. */
const MERGED_MS = 4_000;
const log = openLog('silent');
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const startNode = (clock = fixedClock(START_MS)) => startLimits({ db: database.db, clock, log });

async function withNodes(work: (one: RunningLimits, two: RunningLimits) => Promise<void>): Promise<void> {
  const nodes = [await startNode(), await startNode()] as const;
  await work(...nodes).finally(() => Promise.all(nodes.map((node) => node.close())));
}

/** Undefined when the try was allowed. */
function refusalOf(node: Limits, key: string): unknown {
  try {
    node.take(key, TRIES_PER_NETWORK);
    return undefined;
  } catch (refusal) {
    return refusal;
  }
}

const allowed = (node: Limits, key: string, tries: number) =>
  Array.from({ length: tries }, () => refusalOf(node, key)).filter((refusal) => refusal === undefined).length;

test('[RATE-2] thirty tries a minute, shared by two nodes, then 429 with Retry-After', async () => {
  await withNodes(async (one, two) => {
    expect(allowed(one, 'sign-in/192.0.2.1', 15)).toBe(15);
    expect(allowed(two, 'sign-in/192.0.2.1', 15)).toBe(15);
    await sleep(MERGED_MS);
    for (const node of [one, two]) {
      const refusal = refusalOf(node, 'sign-in/192.0.2.1');
      expect(refusal).toBeInstanceOf(Problem);
      expect(refusal).toMatchObject({ slug: 'too-many-tries', status: 429 });
      expect(Number((refusal as Problem).headers['retry-after'])).toBeGreaterThan(0);
      expect(allowed(node, 'sign-in/192.0.2.2', 1)).toBe(1);
    }
  });
});

test('[RATE-2] a node refuses an address it never saw when another node counted it', async () => {
  await withNodes(async (one, two) => {
    expect(allowed(one, 'sign-in/192.0.2.3', 40)).toBe(30);
    await sleep(MERGED_MS);
    expect(allowed(two, 'sign-in/192.0.2.3', 1)).toBe(0);
  });
});

test('[RATE-2] counts survive a restart', async () => {
  const before = await startNode();
  expect(allowed(before, 'sign-in/192.0.2.4', 30)).toBe(30);
  await before.close();
  const after = await startNode();
  expect(allowed(after, 'sign-in/192.0.2.4', 1)).toBe(0);
  await after.close();
});

test('[RATE-2] all addresses of an IPv6 /64 share one count', async () => {
  const node = await startNode();
  const keyOf = (ip: string) => `sign-in/${clientInfoOf({ ip, headers: {} }).network}`;
  for (let host = 1; host <= 30; host++) {
    expect(allowed(node, keyOf(`2001:db8:0:1::${host.toString(16)}`), 1)).toBe(1);
  }
  expect(allowed(node, keyOf('2001:db8:0:1:ffff::1'), 1)).toBe(0);
  expect(allowed(node, keyOf('2001:db8:0:2::1'), 1)).toBe(1);
  await node.close();
});

test('limits that are lifted refuse nobody, and count again afterwards', async () => {
  const node = await startNode();
  node.lift(true);
  expect(allowed(node, 'lifted', 100)).toBe(100);
  node.lift(false);
  expect(allowed(node, 'lifted', 100)).toBe(30);
  await node.close();
});

test('what is forgotten counts no more, here and on the next node', async () => {
  const node = await startNode();
  expect(allowed(node, 'forgotten', 40)).toBe(30);
  await node.forget();
  expect(allowed(node, 'forgotten', 10)).toBe(10);
  await node.close();
  const next = await startNode();
  expect(allowed(next, 'forgotten', 40)).toBe(20);
  await next.close();
});

test('windows that count no more leave the database', async () => {
  const node = await startNode();
  allowed(node, 'to-be-forgotten', 10);
  await node.close();
  const rows = () =>
    database.db.selectFrom('rate_limit').selectAll().where('key', 'like', '%to-be-forgotten').execute();
  await deleteOldCounts(database.db, START_MS + 2 * MINUTE_MS - 1);
  expect(await rows()).toHaveLength(1);
  await deleteOldCounts(database.db, START_MS + 2 * MINUTE_MS);
  expect(await rows()).toHaveLength(0);
});
