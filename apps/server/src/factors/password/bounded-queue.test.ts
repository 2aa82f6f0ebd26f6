import { expect, test } from 'vitest';
import { createBoundedQueue, type Waiting } from './bounded-queue.ts';

class Full extends Error {}
const full = () => new Full();
const tick = () => new Promise((resolve) => setTimeout(resolve, 1));

test('no more than `concurrency` run at once, in the order they came', async () => {
  const run = createBoundedQueue({ concurrency: 3, queueLength: 100, overflow: full });
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const work = (i: number) => async () => {
    started.push(i);
    running += 1;
    most = Math.max(most, running);
    await tick();
    running -= 1;
    return i;
  };
  const numbers = Array.from({ length: 20 }, (_, i) => i);
  expect(await Promise.all(numbers.map((i) => run(work(i))))).toEqual(numbers);
  expect(started).toEqual(numbers);
  expect(most).toBe(3);
});

test('whoever finds the queue full is turned away at once, the others are served', async () => {
  const run = createBoundedQueue({ concurrency: 2, queueLength: 3, overflow: full });
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => run(tick)));
  expect(outcomes.map(({ status }) => status)).toEqual([
    ...Array<string>(5).fill('fulfilled'),
    ...Array<string>(3).fill('rejected'),
  ]);
  await expect(run(async () => 'later')).resolves.toBe('later');
});

test('work that fails gives its place back', async () => {
  const run = createBoundedQueue({ concurrency: 1, queueLength: 1, overflow: full });
  const failure = new Error('broken');
  await expect(run(() => Promise.reject(failure))).rejects.toBe(failure);
  await expect(
    run(() => {
      throw failure;
    }),
  ).rejects.toBe(failure);
  await expect(run(async () => 'next')).resolves.toBe('next');
});

/** A queue in which one piece of work runs for as long as the test wants, and everything else waits. */
async function held(queueLength: number) {
  let who: Waiting | undefined;
  const run = createBoundedQueue({ concurrency: 1, queueLength, overflow: full, whoWaits: () => who });
  const done: string[] = [];
  let go = () => {};
  void run(() => new Promise<void>((resolve) => (go = resolve)));
  await tick();
  return {
    done,
    go: () => go(),
    ask(network: string, name: string, isGone = () => false): Promise<unknown> {
      who = { network: () => network, isGone };
      return run(async () => done.push(name));
    },
  };
}

test('[PW-4] networks take turns: who sends much waits for itself', async () => {
  const { ask, done, go } = await held(100);
  const flood = Array.from({ length: 5 }, (_, nth) => ask('192.0.2.1', `flood ${nth}`));
  const others = [ask('192.0.2.2', 'one'), ask('192.0.2.3', 'another')];
  go();
  await Promise.all([...flood, ...others]);
  expect(done).toEqual(['flood 0', 'one', 'another', 'flood 1', 'flood 2', 'flood 3', 'flood 4']);
});

test('[PW-4] one network fills a quarter of the queue, and the others find room', async () => {
  const { ask, done, go } = await held(20);
  const flood = Promise.allSettled(Array.from({ length: 40 }, () => ask('192.0.2.1', 'flood')));
  const honest = Promise.all(Array.from({ length: 15 }, (_, nth) => ask(`198.51.100.${nth}`, 'honest')));
  await expect(ask('203.0.113.1', 'too late')).rejects.toBeInstanceOf(Full);
  go();
  await honest;
  expect((await flood).filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  expect(done.filter((name) => name === 'honest')).toHaveLength(15);
});

test('[PW-4] for whoever has gone nothing is done, and their place is free', async () => {
  const { ask, done, go } = await held(2);
  let isGone = false;
  const gone = [ask('192.0.2.1', 'gone', () => isGone), ask('192.0.2.2', 'gone', () => isGone)];
  const outcomes = Promise.allSettled(gone);
  isGone = true;
  const stays = ask('192.0.2.3', 'stays');
  go();
  await stays;
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(done).toEqual(['stays']);
});
