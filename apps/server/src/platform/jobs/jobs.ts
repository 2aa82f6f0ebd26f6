import { randomInt } from 'node:crypto';
import type { Log } from '../log/log.ts';

/** Runs a job's work, and tells somebody how it went. Throws what the work threw. */
export type Around = (job: string, ms: number, work: () => Promise<unknown>) => Promise<void>;

/** Work that this node repeats while it runs. */
export interface Jobs {
  /**
   * Repeats work: the first time one interval after this call, then one interval after the last run ended, so
   * that no run overlaps another. Intervals vary by a tenth, lest all nodes wake at once.
   *
   * @param name what the log calls it
   * @param ms the interval, in milliseconds
   */
  every(name: string, ms: number, work: () => Promise<unknown>): void;
  /** Starts nothing more and waits for what is running. */
  stop(): Promise<void>;
}

/** The longest pause after failures, unless the interval itself is longer. */
const PATIENCE_MS = 5_000;

interface Job {
  name: string;
  ms: number;
  work: () => Promise<unknown>;
  failures: number;
  timer?: NodeJS.Timeout;
  running?: Promise<void>;
}

const justRun: Around = async (_job, _ms, work) => {
  await work();
};

/** Starts with no job. A job that fails is logged and tried again, more slowly while it keeps failing. */
export function startJobs({ log, around = justRun }: { log: Log; around?: Around | undefined }): Jobs {
  const jobs: Job[] = [];
  let isStopping = false;

  const wait = (job: Job) => {
    const pauseMs = Math.min(job.ms * 2 ** job.failures, Math.max(job.ms, PATIENCE_MS));
    job.timer = setTimeout(run, pauseMs * (0.95 + randomInt(100) / 1_000), job);
    job.timer.unref(); // nobody keeps a process alive to repeat work
  };
  const run = (job: Job) => {
    job.running = attempt(job, log, around).then(() => {
      if (!isStopping) wait(job);
    });
  };

  return {
    every: (name, ms, work) => {
      const job: Job = { name, ms, work, failures: 0 };
      jobs.push(job);
      wait(job);
    },
    stop: async () => {
      isStopping = true;
      for (const job of jobs) clearTimeout(job.timer);
      await Promise.all(jobs.map((job) => job.running));
    },
  };
}

/** Logs the first failure of a row, the second, the fourth, the eighth …, and its end. */
async function attempt(job: Job, log: Log, around: Around): Promise<void> {
  try {
    await around(job.name, job.ms, job.work);
    if (job.failures > 0) log.info({ job: job.name, failures: job.failures }, 'job works again');
    job.failures = 0;
  } catch (error) {
    job.failures++;
    const isPowerOfTwo = (job.failures & (job.failures - 1)) === 0;
    if (isPowerOfTwo) log.error({ job: job.name, failures: job.failures, err: error }, 'job failed');
  }
}
