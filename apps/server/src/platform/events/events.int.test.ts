import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { openLog } from '../log/log.ts';
import { waitersHere } from './events.ts';
import { type RunningEvents, startEvents } from './postgres-events.ts';

let database: TestDatabase;
let one: RunningEvents;
let other: RunningEvents;
beforeAll(async () => {
  database = await testDatabase();
  const ports = { address: database.address, log: openLog('silent') };
  [one, other] = [startEvents(ports), startEvents(ports)];
  await listening(2);
});
afterAll(async () => {
  await Promise.all([one.close(), other.close()]);
  await database[Symbol.asyncDispose]();
});

/** Returns when so many connections of this database listen. */
async function listening(count: number): Promise<void> {
  for (let heard = -1; heard !== count; await sleep(20)) {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
      where datname = current_database() and application_name = 'sigillo wake-ups'`.execute(database.db);
    heard = rows[0]?.count ?? 0;
  }
}

/** Counts how often a topic woke somebody. */
function counting(events: RunningEvents, topic: string) {
  const counted = { times: 0 };
  const stop = events.wait(topic, () => {
    counted.times += 1;
  });
  return Object.assign(counted, { stop });
}

test('who waits is woken on its own node at once, and on every other one soon; others are left alone', async () => {
  const [here, there, elsewhere] = [counting(one, 'a'), counting(other, 'a'), counting(other, 'b')];
  one.wake('a');
  expect(here.times).toBe(1);
  await expect.poll(() => there.times).toBe(1);
  await sleep(50);
  expect([here.times, there.times, elsewhere.times]).toEqual([1, 1, 0]);
  for (const waiter of [here, there, elsewhere]) waiter.stop();
});

test('who stopped waiting is not woken, and nothing is kept of it', () => {
  const waiters = waitersHere();
  let woken = 0;
  const count = () => {
    woken += 1;
  };
  const stop = waiters.wait('a', count);
  const stopAgain = waiters.wait('a', () => count());
  stop();
  waiters.wake('a');
  stopAgain();
  stopAgain();
  waiters.wake('a');
  waiters.wakeAll();
  expect(woken).toBe(1);
});

test('five thousand wake-ups at once all arrive, together in a few notifications', async () => {
  const topics = Array.from({ length: 5_000 }, (_, n) => `ceremony:${String(n).padStart(36, '0')}`);
  const waiting = topics.map((topic) => counting(other, topic));
  for (const topic of topics) one.wake(topic);
  await expect.poll(() => waiting.every(({ times }) => times === 1), { timeout: 5_000 }).toBe(true);
  for (const waiter of waiting) waiter.stop();
});

test('when the connection broke, everybody here is woken as soon as it is back: something may have been missed', async () => {
  const [here, there] = [counting(one, 'a'), counting(other, 'b')];
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'sigillo wake-ups'`.execute(database.db);
  await expect.poll(() => here.times > 0 && there.times > 0, { timeout: 5_000 }).toBe(true);
  await listening(2);
  const before = here.times;
  other.wake('a');
  await expect.poll(() => here.times).toBe(before + 1);
  here.stop();
  there.stop();
});
