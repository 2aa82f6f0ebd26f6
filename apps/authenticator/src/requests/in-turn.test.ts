import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inTurn } from './in-turn.ts';

test('however often it is asked for, it runs one after another, and once more for the last wish', async () => {
  let running = 0;
  let most = 0;
  let runs = 0;
  const taken: number[] = [];
  const work = async (): Promise<number> => {
    running += 1;
    most = Math.max(most, running);
    await wait(5);
    running -= 1;
    runs += 1;
    return runs;
  };
  const turns = inTurn(work, (run) => taken.push(run));
  for (let wish = 0; wish < 5; wish++) turns.start();
  await expect.poll(() => taken).toEqual([1, 2]);
  turns.start();
  await expect.poll(() => taken).toEqual([1, 2, 3]);
  expect(most).toBe(1);
});

test('once stopped, nothing is taken any more', async () => {
  const taken: number[] = [];
  const turns = inTurn(
    async () => wait(5, 1),
    (run) => taken.push(run),
  );
  turns.start();
  turns.stop();
  await wait(20);
  expect(taken).toEqual([]);
});
