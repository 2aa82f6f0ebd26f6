/** How many are allowed in how long. */
export interface Rule {
  count: number;
  perSeconds: number;
}

/** Tries counted under one key in one window, as this node adds them or as the database has them. */
export interface WindowCount {
  /** `<window in seconds>/<key>`: two rules with one key do not mix. */
  key: string;
  windowStartMs: number;
  count: number;
}

interface Counter {
  windowStartMs: number;
  /** The database's total for this window at the last merge. */
  merged: number;
  /** Counted here since. */
  unmerged: number;
  /** The total of the window before. */
  previous: number;
}

/**
 * Counts in the memory of one node. A sliding minute is estimated from two fixed ones: all of this one, and of
 * the one before it the share that the sliding one still covers.
 */
export interface Counters {
  /** Counts one try, or returns in how many seconds it would be allowed. */
  take(key: string, rule: Rule, nowMs: number): number | undefined;
  /** What was counted since the last call; the caller merges it, or gives it back with `restore`. */
  drain(): WindowCount[];
  restore(counts: readonly WindowCount[]): void;
  /** Takes in totals that the database returned. @param drained what of them was this node's, by the same keys */
  learn(totals: readonly WindowCount[], drained: readonly WindowCount[]): void;
  /** Forgets windows that count no more. */
  sweep(nowMs: number): void;
}

/** @param capacity how many keys are remembered; the ones in the oldest windows go first */
export function startCounters(capacity: number): Counters {
  const counters = new Map<string, Counter>();
  let deltas = new Map<string, WindowCount>();

  /** The counter of the window of `nowMs`; a map remembers the order, so the oldest windows come first. */
  const current = (key: string, windowMs: number, nowMs: number): Counter => {
    const windowStartMs = Math.floor(nowMs / windowMs) * windowMs;
    const last = counters.get(key);
    if (last?.windowStartMs === windowStartMs) return last;
    const isNext = last?.windowStartMs === windowStartMs - windowMs;
    const previous = isNext && last ? last.merged + last.unmerged : 0;
    const counter = { windowStartMs, merged: 0, unmerged: 0, previous };
    counters.delete(key);
    counters.set(key, counter);
    if (counters.size > capacity) forgetOldest();
    return counter;
  };

  /** A tenth at once: finding the first entry of a map after many deletions is slow. */
  const forgetOldest = () => {
    for (const key of counters.keys().take(Math.ceil(capacity / 10))) counters.delete(key);
  };

  const addDelta = ({ key, windowStartMs, count }: WindowCount) => {
    const id = `${windowStartMs}/${key}`;
    const delta = deltas.get(id) ?? { key, windowStartMs, count: 0 };
    delta.count += count;
    deltas.set(id, delta);
  };

  const learnOne = ({ key, windowStartMs, count }: WindowCount, drained: number) => {
    const windowMs = windowMsOf(key);
    const counter = counters.get(key) ?? current(key, windowMs, windowStartMs);
    if (windowStartMs === counter.windowStartMs) {
      counter.merged = count;
      // Not below zero: the counter may be younger than what was drained, when capacity is short.
      counter.unmerged = Math.max(0, counter.unmerged - drained);
    } else if (windowStartMs === counter.windowStartMs - windowMs) counter.previous = count;
    else if (windowStartMs > counter.windowStartMs) current(key, windowMs, windowStartMs).merged = count;
  };

  return {
    take: (key, rule, nowMs) => {
      const ownKey = `${rule.perSeconds}/${key}`;
      const windowMs = rule.perSeconds * 1_000;
      const counter = current(ownKey, windowMs, nowMs);
      const waitMs = waitingTime(counter, rule.count, windowMs, nowMs);
      if (waitMs > 0) return Math.max(1, Math.ceil(waitMs / 1_000));
      counter.unmerged++;
      addDelta({ key: ownKey, windowStartMs: counter.windowStartMs, count: 1 });
      return undefined;
    },
    drain: () => {
      const drained = [...deltas.values()];
      deltas = new Map();
      return drained;
    },
    restore: (counts) => {
      for (const count of counts) addDelta(count);
    },
    learn: (totals, drained) => {
      const own = new Map(drained.map((count) => [`${count.windowStartMs}/${count.key}`, count.count]));
      for (const total of totals) learnOne(total, own.get(`${total.windowStartMs}/${total.key}`) ?? 0);
    },
    sweep: (nowMs) => {
      for (const [key, { windowStartMs }] of counters) {
        if (windowStartMs + 2 * windowMsOf(key) <= nowMs) counters.delete(key);
      }
    },
  };
}

function windowMsOf(key: string): number {
  return Number(key.slice(0, key.indexOf('/'))) * 1_000;
}

/** Milliseconds until one more try is within the count; zero or less when it is now. */
function waitingTime(counter: Counter, count: number, windowMs: number, nowMs: number): number {
  const { windowStartMs, merged, unmerged, previous } = counter;
  const used = merged + unmerged;
  const room = count - 1 - used;
  if (room >= 0) return windowStartMs + windowMs * shareToWait(previous, room) - nowMs;
  return windowStartMs + windowMs * (1 + shareToWait(used, count - 1)) - nowMs;
}

/** Which share of a window must have passed for the one before it to weigh no more than `room`. */
function shareToWait(previous: number, room: number): number {
  return previous <= room ? 0 : 1 - room / previous;
}
