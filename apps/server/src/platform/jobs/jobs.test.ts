import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openLog } from '../log/log.ts';
import { startJobs } from './jobs.ts';

let lines: string[];
beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
});
afterEach(() => vi.useRealTimers());

const start = () => startJobs({ log: openLog('info', (line) => lines.push(line)) });

test('work is repeated, and no run overlaps another', async () => {
  const jobs = start();
  let running = 0;
  let runs = 0;
  jobs.every('slow', 100, async () => {
    expect(++running).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    running--;
    runs++;
  });
  await vi.advanceTimersByTimeAsync(94);
  expect(running).toBe(0);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(runs).toBeGreaterThanOrEqual(4);
  expect(runs).toBeLessThanOrEqual(6);
});

test('stop waits for running work and starts nothing more', async () => {
  const jobs = start();
  let ended = 0;
  const work = vi.fn(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    ended++;
  });
  jobs.every('slow', 100, work);
  await vi.advanceTimersByTimeAsync(200);
  const stopped = jobs.stop().then(() => expect(ended).toBe(1));
  await vi.advanceTimersByTimeAsync(10_000);
  await stopped;
  expect(work).toHaveBeenCalledTimes(1);
});

test('a failing job is logged now and then, slows down, and recovers', async () => {
  const jobs = start();
  let isBroken = true;
  const work = vi.fn(async () => {
    if (isBroken) throw new Error('no database');
  });
  jobs.every('merge', 250, work);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(work.mock.calls.length).toBeLessThan(20);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.length).toBeLessThan(6);
  expect(lines[0]).toContain('no database');

  isBroken = false;
  await vi.advanceTimersByTimeAsync(6_000);
  expect(lines.at(-1)).toContain('works again');
  await jobs.stop();
});
