/** Changes to one thing that all tabs share. */
export interface Changes {
  /** One change at a time, over all tabs: each reads, seals and writes before the next one reads. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** In turn, and every tab hears that something changed; never what. */
  change<T>(work: () => Promise<T>): Promise<T>;
  /** Calls back after every change, in whichever tab it was made. @returns ends it */
  listen(listener: () => void): () => void;
}

/** @param name of the lock and of the channel */
export function changesOf(name: string): Changes {
  const channel = new BroadcastChannel(name);
  const listeners = new Set<() => void>();
  const tellOwn = () => {
    for (const listener of listeners) listener();
  };
  channel.onmessage = tellOwn;
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => navigator.locks.request(name, work);
  return {
    inTurn,
    change: async (work) => {
      const result = await inTurn(work);
      tellOwn();
      channel.postMessage('changed');
      return result;
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
