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
  /** When a try was last counted here, in Unix milliseconds. */
  lastMs: number | undefined;
}

/**
 * Counts in the memory of one node. A sliding minute is estimated from two fixed ones: all of this one, and of
 * the one before it the share that the sliding one still covers. A pause between two tries (a count of one) is
 * exact instead: somebody is told when it ends.
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
  /** Forgets everything. */
  clear(): void;
}

/** @param capacity how many keys are remembered; the ones in the oldest windows go first */
export function startCounters(capacity: number): Counters {
  const memory: Memory = { capacity, counters: new Map(), deltas: new Map() };
  return {
    take: (key, rule, nowMs) => take(memory, key, rule, nowMs),
    drain: () => {
      const drained = [...memory.deltas.values()];
      memory.deltas.clear();
      return drained;
    },
    restore: (counts) => {
      for (const count of counts) addDelta(memory, count);
    },
    learn: (totals, drained) => {
      const own = new Map(drained.map((count) => [deltaId(count), count.count]));
      for (const total of totals) learn(memory, total, own.get(deltaId(total)) ?? 0);
    },
    sweep: (nowMs) => {
      for (const [key, { windowStartMs }] of memory.counters) {
        if (windowStartMs + 2 * windowMsOf(key) <= nowMs) memory.counters.delete(key);
      }
    },
    clear: () => {
      memory.counters.clear();
      memory.deltas.clear();
    },
  };
}

interface Memory {
  capacity: number;
  /** A map remembers the order in which keys came: those in the oldest windows are first. */
  counters: Map<string, Counter>;
  /** What the database has not been told yet. */
  deltas: Map<string, WindowCount>;
}

function take(memory: Memory, key: string, rule: Rule, nowMs: number): number | undefined {
  const ownKey = `${rule.perSeconds}/${key}`;
  const windowMs = rule.perSeconds * 1_000;
  const counter = currentCounter(memory, ownKey, nowMs);
  const waitMs =
    rule.count === 1 && counter.lastMs !== undefined
      ? counter.lastMs + windowMs - nowMs
      : waitingTime(counter, rule.count, windowMs, nowMs);
  if (waitMs > 0) return Math.max(1, Math.ceil(waitMs / 1_000));
  counter.unmerged++;
  counter.lastMs = nowMs;
  addDelta(memory, { key: ownKey, windowStartMs: counter.windowStartMs, count: 1 });
  return undefined;
}

/** The counter of the window that `nowMs` is in. */
function currentCounter({ counters, capacity }: Memory, key: string, nowMs: number): Counter {
  const windowMs = windowMsOf(key);
  const windowStartMs = Math.floor(nowMs / windowMs) * windowMs;
  const last = counters.get(key);
  if (last?.windowStartMs === windowStartMs) return last;

  const isNext = last?.windowStartMs === windowStartMs - windowMs;
  const counter = {
    windowStartMs,
    merged: 0,
    unmerged: 0,
    previous: isNext ? last.merged + last.unmerged : 0,
    lastMs: last?.lastMs,
  };
  counters.delete(key);
  counters.set(key, counter);
  if (counters.size > capacity) forgetOldest(counters, Math.ceil(0.9 * capacity));
  return counter;
}

/** Many at once: finding the first entry of a map is slow after many deletions. */
function forgetOldest(counters: Map<string, Counter>, sizeAfter: number): void {
  for (const key of counters.keys()) {
    if (counters.size <= sizeAfter) return;
    counters.delete(key);
  }
}

/** Bounded as well: while the database is away nobody takes them. */
function addDelta({ deltas, capacity }: Memory, added: WindowCount): void {
  const delta = deltas.get(deltaId(added));
  if (delta) delta.count += added.count;
  else if (deltas.size < capacity) deltas.set(deltaId(added), { ...added });
}

/** @param drained how many of the total this node counted since its last merge */
function learn(memory: Memory, { key, windowStartMs, count }: WindowCount, drained: number): void {
  const counter = memory.counters.get(key) ?? currentCounter(memory, key, windowStartMs);
  if (windowStartMs === counter.windowStartMs) {
    counter.merged = count;
    // Not below zero: the counter may be younger than what was drained, when capacity is short.
    counter.unmerged = Math.max(0, counter.unmerged - drained);
  } else if (windowStartMs > counter.windowStartMs) {
    currentCounter(memory, key, windowStartMs).merged = count;
  } else if (windowStartMs === counter.windowStartMs - windowMsOf(key)) {
    counter.previous = count;
  }
}

function deltaId({ key, windowStartMs }: WindowCount): string {
  return `${windowStartMs}/${key}`;
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
