import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Binaries } from './binaries.ts';
import type { Endpoint } from './endpoint.ts';
import type { Places } from './places.ts';
import { serverSettings } from './settings.ts';
import { spawnOptions } from './spawn-options.ts';

/** One PostgreSQL that answers. */
export interface ServerProcess {
  pid: number;
  /** Settles when the process has ended, with how. */
  ended: Promise<string>;
}

const READY_WITHIN_MS = 5 * 60_000;
const LOG_BYTES = 5 * 1024 * 1024;

/** The database that every cluster has from the start. */
export const MAINTENANCE_DATABASE = 'postgres';

/**
 * Starts PostgreSQL and waits until it answers (30 ms, longer when it has to recover).
 *
 * @throws Error with the last lines of its log when it ends before, or has not answered within five minutes
 */
export async function startServer(
  places: Places,
  binaries: Binaries,
  endpoint: Endpoint,
  maxConnections?: number,
): Promise<ServerProcess> {
  const settings = { ...serverSettings(binaries.majorVersion, maxConnections), ...endpoint.settings };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = await spawnServer(places, binaries, ['-D', places.cluster, ...options]);
  const ended = new Promise<string>((resolve) => {
    child.on('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    child.on('error', (error) => resolve(error.message));
  });
  const giveUp = new AbortController();
  const outcome = await Promise.race([ended, answers(endpoint, giveUp.signal)]);
  giveUp.abort();
  if (outcome === true && child.pid) return { pid: child.pid, ended };

  child.kill('SIGKILL');
  throw new Error(
    `PostgreSQL did not start (${outcome === false ? 'no answer' : outcome}): ${await lastLines(places.log)}`,
  );
}

async function spawnServer(places: Places, binaries: Binaries, args: string[]): Promise<ChildProcess> {
  const { log } = places;
  if ((await sizeOf(log)) > LOG_BYTES) await rename(log, `${log}.1`);
  const logFile = await open(log, 'a', 0o600);
  try {
    return spawn(binaries.postgres, args, {
      ...spawnOptions(places),
      // A file, not a pipe: the server must be able to speak when we are gone.
      stdio: ['ignore', logFile.fd, logFile.fd],
      // Its own session: Ctrl-C in the terminal is for us, and we stop it when we are ready.
      detached: true,
    });
  } finally {
    await logFile.close();
  }
}

async function answers(endpoint: Endpoint, giveUp: AbortSignal): Promise<boolean> {
  const deadlineMs = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadlineMs && !giveUp.aborted) {
    if (await canConnect(endpoint)) return true;
    await sleep(10);
  }
  return false;
}

async function canConnect(endpoint: Endpoint): Promise<boolean> {
  const client = new pg.Client(endpoint.address(MAINTENANCE_DATABASE));
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.size,
    () => 0,
  );
}

async function lastLines(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-5).join(' | ');
}
