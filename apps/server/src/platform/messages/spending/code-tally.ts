import { type CodeCount, slotOf } from './spending.store.ts';

/** Codes that this node sent and saw come back, until the database is told: nothing waits for that. */
export interface CodeTally {
  /** @param atMs when the code was made, in Unix milliseconds: its sending and its return count in one slot */
  add(prefixes: readonly string[], atMs: number, counted: { sent?: number; confirmed?: number }): void;
  /** What was counted since the last call; the caller stores it, or gives it back. */
  drain(): CodeCount[];
  restore(counts: readonly CodeCount[]): void;
}

/** More prefixes than there are, in a few slots: while the database is away nobody takes them. */
const CAPACITY = 50_000;

export function codeTally(): CodeTally {
  const counts = new Map<string, CodeCount>();
  const put = (added: CodeCount) => {
    const id = `${added.slotMs}/${added.prefix}`;
    const count = counts.get(id);
    if (count) {
      count.sent += added.sent;
      count.confirmed += added.confirmed;
    } else if (counts.size < CAPACITY) counts.set(id, { ...added });
  };
  return {
    add: (prefixes, atMs, { sent = 0, confirmed = 0 }) => {
      for (const prefix of new Set(prefixes)) put({ prefix, slotMs: slotOf(atMs), sent, confirmed });
    },
    drain: () => {
      const drained = [...counts.values()];
      counts.clear();
      return drained;
    },
    restore: (drained) => {
      for (const count of drained) put(count);
    },
  };
}
