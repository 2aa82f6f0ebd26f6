/** Work that is done whenever it is asked for, never twice at the same time. */
export interface InTurn {
  start(): void;
  /** Whatever still comes of it is not wanted. */
  stop(): void;
}

/** Asked for while it goes on, the work is done once more afterwards: the last result is never older than the last wish. */
export function inTurn<T>(work: () => Promise<T>, take: (result: T) => void): InTurn {
  let isRunning = false;
  let isWantedAgain = false;
  let isStopped = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    do {
      isWantedAgain = false;
      const result = await work();
      if (!isStopped) take(result);
    } while (isWantedAgain && !isStopped);
    isRunning = false;
  };
  return {
    start: () => {
      if (isRunning) isWantedAgain = true;
      else void run();
    },
    stop: () => {
      isStopped = true;
    },
  };
}
