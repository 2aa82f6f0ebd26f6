/** Takes work from a queue and lets it go on by itself. */
export interface QueueWorker {
  /** Takes what is due, once at a time; resolves without waiting for the work. */
  fill(): Promise<void>;
  /** @param isWorthFilling asked when the work has ended: whether to take more at once and not at the next poll */
  start(work: () => Promise<void>, isWorthFilling: () => boolean): void;
  /** How many pieces of work are under way. */
  running(): number;
  /** Takes nothing more and waits for what is under way. */
  close(): Promise<void>;
}

/**
 * @param take takes some work and starts each piece of it
 * @param onError told of what failed: the work concerned is taken again when its lease ends
 */
export function queueWorker(take: () => Promise<void>, onError: (error: unknown) => void): QueueWorker {
  const running = new Set<Promise<void>>();
  let filling: Promise<void> | undefined;
  let isClosing = false;

  function fill(): Promise<void> {
    if (isClosing) return Promise.resolve();
    filling ??= take().finally(() => {
      filling = undefined;
    });
    return filling;
  }

  return {
    fill,
    start(work, isWorthFilling) {
      const ended = work()
        .catch(onError)
        .finally(() => {
          running.delete(ended);
          if (isWorthFilling()) fill().catch(onError);
        });
      running.add(ended);
    },
    running: () => running.size,
    async close() {
      isClosing = true;
      await filling?.catch(onError);
      await Promise.all(running);
    },
  };
}
