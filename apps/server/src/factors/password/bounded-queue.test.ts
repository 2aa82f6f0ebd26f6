import { expect, test } from 'vitest';
import { createBoundedQueue } from './bounded-queue.ts';

class Full extends Error {}
const full = () => new Full();
const tick = () => new Promise((resolve) => setTimeout(resolve, 1));

test('no more than `concurrency` run at once, in the order they came', async () => {
  const run = createBoundedQueue(3, 100, full);
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
  const run = createBoundedQueue(2, 3, full);
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => run(tick)));
  expect(outcomes.map(({ status }) => status)).toEqual([
    ...Array<string>(5).fill('fulfilled'),
    ...Array<string>(3).fill('rejected'),
  ]);
  await expect(run(async () => 'later')).resolves.toBe('later');
});

test('work that fails gives its place back', async () => {
  const run = createBoundedQueue(1, 1, full);
  const failure = new Error('broken');
  await expect(run(() => Promise.reject(failure))).rejects.toBe(failure);
  await expect(
    run(() => {
      throw failure;
    }),
  ).rejects.toBe(failure);
  await expect(run(async () => 'next')).resolves.toBe('next');
});
