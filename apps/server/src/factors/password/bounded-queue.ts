/** Runs a piece of work when its turn comes. */
export type Run = <T>(work: () => Promise<T>) => Promise<T>;

/** Told how busy the queue is. */
export interface QueueWatch {
  changed(running: number, waiting: number): void;
  /** How long a piece of work waited for its turn. */
  waited(ms: number): void;
}

/**
 * Lets `concurrency` pieces of work run at once and `queueLength` more wait, first come, first served;
 * whoever comes then is turned away at once.
 *
 * @param overflow what to throw then
 */
export function createBoundedQueue(
  concurrency: number,
  queueLength: number,
  overflow: () => Error,
  watch?: QueueWatch,
): Run {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function takeTurn(): Promise<void> {
    if (running < concurrency) {
      running += 1;
      return;
    }
    if (waiting.length >= queueLength) throw overflow();
    // Whoever finishes hands over its own place, so that no newcomer slips in between.
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function passOn(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return async (work) => {
    const cameAt = performance.now();
    await takeTurn();
    watch?.waited(performance.now() - cameAt);
    watch?.changed(running, waiting.length);
    try {
      return await work();
    } finally {
      passOn();
      watch?.changed(running, waiting.length);
    }
  };
}
