import { type Clock, MINUTE_MS } from '../clock/clock.ts';
import type { Db } from '../database/database.ts';
import { type Around, startJobs } from '../jobs/jobs.ts';
import type { Log } from '../log/log.ts';
import { type Counters, type Rule, startCounters } from './counters.ts';
import { tooManyTries } from './limits.problems.ts';
import { addCounts, busyCounts, deleteAllCounts, deleteOldCounts } from './rate-limit.store.ts';

/** Counts tries by address, on every node together. Counting by account is the gate's and exact; this is not. */
export interface Limits {
  /**
   * Counts one try.
   *
   * @param key what is counted, such as `sign-in/192.0.2.1`
   * @throws the problem `too-many-tries` when there were `count` in the last `perSeconds`
   */
  take(key: string, rule: Rule): void;
}

/** Limits that merge with those of the other nodes until they are closed. */
export interface RunningLimits extends Limits {
  /** Suspends limits, or ends that: for the development hook. While suspended nothing is counted. */
  lift(lifted: boolean): void;
  /** Forgets what was counted, here and in the database: for the development hook. */
  forget(): Promise<void>;
  /** Merges what is left and stops. */
  close(): Promise<void>;
}

/** Tries to sign in, register, recover or enter a code, for one network (`ClientInfo.network`). */
export const TRIES_PER_NETWORK: Rule = { count: 30, perSeconds: 60 };

const MERGE_MS = 250;
/** The busiest keys are read at most this share of the time, however large the table has grown. */
const READ_SHARE = 1 / 40;
const CAPACITY = 100_000;

interface LimitDeps {
  db: Db;
  clock: Clock;
  log: Log;
  around?: Around;
  /** Told of every try that is refused. @param limit the first word of its key */
  refused?(limit: string): void;
}

/**
 * Starts counting with what the nodes have counted so far. What a node counted in the last quarter of a second
 * is not yet known to the others, and lost if it is killed.
 */
export async function startLimits({ db, clock, log, around, refused }: LimitDeps): Promise<RunningLimits> {
  const counters = startCounters(CAPACITY);
  const read = busyReader(db, counters);
  await read();
  let areLifted = false;
  const jobs = startJobs({ log, around });
  jobs.every('merge-limits', MERGE_MS, async () => {
    await merge(db, counters);
    if (!areLifted) await read();
  });
  jobs.every('forget-limits', MINUTE_MS, async () => {
    counters.sweep(clock.nowMs());
    await deleteOldCounts(db, clock.nowMs());
  });

  return {
    take: (key, rule) => {
      if (areLifted) return;
      const retryAfterSeconds = counters.take(key, rule, clock.nowMs());
      if (retryAfterSeconds === undefined) return;
      refused?.(key.split(/[:/]/, 1)[0] ?? '');
      throw tooManyTries({ retryAfterSeconds });
    },
    lift: (lifted) => {
      areLifted = lifted;
    },
    forget: async () => {
      await deleteAllCounts(db);
      counters.clear();
    },
    close: async () => {
      await jobs.stop();
      await merge(db, counters);
    },
  };
}

/** Tells the database what was counted here and learns the totals. */
async function merge(db: Db, counters: Counters): Promise<void> {
  const drained = counters.drain();
  if (drained.length === 0) return;
  try {
    counters.learn(await addCounts(db, drained), drained);
  } catch (error) {
    counters.restore(drained);
    throw error;
  }
}

/** Learns the totals of the busiest keys, which other nodes may have counted; skips turns when that is slow. */
function busyReader(db: Db, counters: Counters): () => Promise<void> {
  let readAgainAt = 0;
  return async () => {
    const startedAt = performance.now();
    if (startedAt < readAgainAt) return;
    counters.learn(await busyCounts(db), []);
    readAgainAt = startedAt + (performance.now() - startedAt) / READ_SHARE;
  };
}
