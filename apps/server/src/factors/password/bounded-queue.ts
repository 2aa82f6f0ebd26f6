/** Runs a piece of work when its turn comes. */
export type Run = <T>(work: () => Promise<T>) => Promise<T>;

/** Told how busy the queue is. */
export interface QueueWatch {
  changed(running: number, waiting: number): void;
  /** How long a piece of work waited for its turn. */
  waited(ms: number): void;
}

/** On whose behalf work waits. */
export interface Waiting {
  network(): string;
  isGone(): boolean;
}

interface Turn {
  isGone(): boolean;
  take(): void;
  turnAway(): void;
}

interface QueueOptions {
  /** Pieces of work that run at once. */
  concurrency: number;
  /** How many more may wait. */
  queueLength: number;
  /** What is thrown when no more may. */
  overflow(): Error;
  watch?: QueueWatch | undefined;
  /** Undefined for work that nobody in particular waits for. */
  whoWaits?(): Waiting | undefined;
}

/** No network fills more of the queue than this, so that others still find room. */
const LARGEST_SHARE = 1 / 4;

/**
 * Lets so many pieces of work run at once and so many wait; whoever comes then is turned away at once. Networks take
 * turns, and each is served in the order it came: one that sends much waits for itself. Whoever has gone meanwhile
 * costs nothing.
 */
export function createBoundedQueue(options: QueueOptions): Run {
  const { concurrency, queueLength, overflow, whoWaits = () => undefined, watch } = options;
  const lines = new Map<string, Turn[]>();
  let running = 0;
  let waiting = 0;

  function join(who: Waiting | undefined, turn: Turn): boolean {
    if (waiting >= queueLength) waiting -= dropGone(lines);
    const network = who?.network() ?? '';
    const line = lines.get(network) ?? [];
    const isLongEnough = who !== undefined && line.length >= Math.ceil(queueLength * LARGEST_SHARE);
    if (waiting >= queueLength || isLongEnough) return false;
    lines.set(network, line);
    line.push(turn);
    waiting += 1;
    return true;
  }

  async function takeTurn(): Promise<void> {
    if (running < concurrency) {
      running += 1;
      return;
    }
    const who = whoWaits();
    // Whoever finishes hands over its own place, so that no newcomer slips in between.
    await new Promise<void>((take, reject) => {
      const turnAway = () => reject(overflow());
      if (!join(who, { isGone: () => who?.isGone() ?? false, take, turnAway })) turnAway();
    });
  }

  function passOn(): void {
    waiting -= dropGone(lines);
    const next = takeNext(lines);
    if (!next) running -= 1;
    else {
      waiting -= 1;
      next.take();
    }
  }

  return async (work) => {
    const cameAt = performance.now();
    await takeTurn();
    watch?.waited(performance.now() - cameAt);
    watch?.changed(running, waiting);
    try {
      return await work();
    } finally {
      passOn();
      watch?.changed(running, waiting);
    }
  };
}

/** The first of the line whose turn it is; that line then is the last. */
function takeNext(lines: Map<string, Turn[]>): Turn | undefined {
  for (const [network, line] of lines) {
    lines.delete(network);
    const next = line.shift();
    if (line.length > 0) lines.set(network, line);
    if (next) return next;
  }
  return undefined;
}

/** @returns how many were turned away */
function dropGone(lines: Map<string, Turn[]>): number {
  let dropped = 0;
  for (const [network, line] of lines) {
    const gone = line.filter((turn) => turn.isGone());
    if (gone.length === 0) continue;
    dropped += gone.length;
    for (const turn of gone) turn.turnAway();
    const left = line.filter((turn) => !gone.includes(turn));
    if (left.length > 0) lines.set(network, left);
    else lines.delete(network);
  }
  return dropped;
}
