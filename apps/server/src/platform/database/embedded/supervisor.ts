import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerProcess } from './server-process.ts';

/** What keeps one PostgreSQL running. */
export interface Supervisor {
  /** The process that runs now, or the last one; changes when it had to be started again. */
  readonly pid: number;
  /** Stops it for good and waits until it is gone. */
  stop(): Promise<void>;
  /** Tells it to stop, without waiting: for a process that is ending. */
  interrupt(): void;
}

/** What the supervisor does to processes. */
export interface SupervisorPorts {
  /** Starts PostgreSQL, clearing what a dead one left. */
  start(): Promise<ServerProcess>;
  /** Stops the process of this number and waits until it is gone. */
  stop(pid: number): Promise<void>;
  log(line: string): void;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Starts PostgreSQL and starts it again whenever it ends unasked, trying for as long as that takes.
 *
 * @throws what `start` throws the first time
 */
export async function supervise(ports: SupervisorPorts): Promise<Supervisor> {
  let server = await ports.start();
  let isRunning = true;
  const stopping = new AbortController();

  const keepRunning = async () => {
    while (!stopping.signal.aborted) {
      const how = await server.ended;
      isRunning = false;
      if (stopping.signal.aborted) return;

      ports.log(`PostgreSQL (process ${server.pid}) ended unasked (${how}); starting it again`);
      const next = await startAgain(ports, stopping.signal);
      if (!next) return;
      server = next;
      isRunning = true;
      ports.log(`PostgreSQL runs again (process ${server.pid})`);
    }
    await ports.stop(server.pid);
  };
  const kept = keepRunning();

  return {
    get pid() {
      return server.pid;
    },
    stop: async () => {
      stopping.abort();
      if (isRunning) await ports.stop(server.pid);
      await kept;
    },
    interrupt: () => {
      stopping.abort();
      if (isRunning) process.kill(server.pid, 'SIGINT');
    },
  };
}

async function startAgain(ports: SupervisorPorts, stopping: AbortSignal): Promise<ServerProcess | undefined> {
  for (let pauseMs = FIRST_PAUSE_MS; !stopping.aborted; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      await sleep(pauseMs, undefined, { signal: stopping });
      return await ports.start();
    } catch (error) {
      if (!stopping.aborted) ports.log(error instanceof Error ? error.message : String(error));
    }
  }
  return undefined;
}
