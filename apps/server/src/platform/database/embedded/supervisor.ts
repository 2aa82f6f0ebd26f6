import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerProcess } from './server-process.ts';

/** What keeps one PostgreSQL running. */
export interface Supervisor {
  /** The process that runs now; changes when it had to be started again. */
  readonly pid: number;
  /** Stops it for good. */
  stop(): Promise<void>;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Starts PostgreSQL and starts it again whenever it ends unasked, for as long as that takes.
 *
 * @param ports.start starts it, clearing what a dead one left
 * @param ports.stop stops the process of this number and waits for it
 * @throws what `start` throws the first time
 */
export async function supervise(ports: {
  start(): Promise<ServerProcess>;
  stop(pid: number): Promise<void>;
  log(line: string): void;
}): Promise<Supervisor> {
  let server = await ports.start();
  const stopping = new AbortController();

  const watch = async () => {
    for (;;) {
      const how = await server.ended;
      if (stopping.signal.aborted) return;
      ports.log(`PostgreSQL (process ${server.pid}) ended unasked (${how}); starting it again`);
      const next = await startAgain(ports, stopping.signal);
      if (!next) return;
      server = next;
      ports.log(`PostgreSQL runs again (process ${server.pid})`);
    }
  };
  const watching = watch();

  return {
    get pid() {
      return server.pid;
    },
    stop: async () => {
      stopping.abort();
      await ports.stop(server.pid);
      await watching;
    },
  };
}

async function startAgain(
  ports: { start(): Promise<ServerProcess>; stop(pid: number): Promise<void>; log(line: string): void },
  stopping: AbortSignal,
): Promise<ServerProcess | undefined> {
  for (let pauseMs = FIRST_PAUSE_MS; !stopping.aborted; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    await sleep(pauseMs, undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) return undefined;
    try {
      return await ports.start();
    } catch (error) {
      ports.log(`${error instanceof Error ? error.message : error}`);
    }
  }
  return undefined;
}
