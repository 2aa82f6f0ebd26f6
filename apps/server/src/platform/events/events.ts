/**
 * Wakes whoever waits for something to change, on every node. A hint and nothing more: a wake-up may be lost
 * or come twice, so whoever is woken looks for itself, and looks now and then without being woken.
 */
export interface Events {
  /**
   * Tells those who wait for a topic to look again. Call it after the commit: what is not committed is not
   * there to be seen.
   *
   * @param topic what changed, such as `ceremony:<id>`; no secret, and at most 200 characters
   */
  wake(topic: string): void;
  /**
   * Calls back whenever the topic changes, or may have changed unseen.
   *
   * @returns ends the waiting
   */
  wait(topic: string, woken: () => void): () => void;
}

/** Those who wait on this node. */
export interface Waiters extends Events {
  wakeAll(): void;
}

/** Starts with nobody waiting. */
export function waitersHere(): Waiters {
  const waiting = new Map<string, Set<() => void>>();
  const wake = (topic: string) => {
    for (const woken of waiting.get(topic) ?? []) woken();
  };
  return {
    wake,
    wakeAll: () => {
      for (const topic of waiting.keys()) wake(topic);
    },
    wait(topic, woken) {
      const others = waiting.get(topic) ?? new Set();
      waiting.set(topic, others.add(woken));
      return () => {
        others.delete(woken);
        if (others.size === 0 && waiting.get(topic) === others) waiting.delete(topic);
      };
    },
  };
}
