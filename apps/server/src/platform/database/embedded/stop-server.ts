import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { processIdentity } from './process-identity.ts';

const PATIENCE_MS = 20_000;

/** From polite to final: fast shutdown, immediate shutdown (recovery at the next start), none at all. */
const SIGNALS = ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const;

/**
 * Stops a PostgreSQL and waits until it is gone: connections are closed, their open transactions rolled back,
 * the rest written (fast shutdown). One that does not end within 20 s is told so more firmly.
 */
export async function stopServer(pid: number, cluster: string, pgCtl: string): Promise<void> {
  if (process.platform === 'win32') return stopOnWindows(cluster, pgCtl);
  for (const signal of SIGNALS) {
    if (!send(pid, signal) || (await hasEnded(pid))) return;
  }
}

/** Signals are emulated there, by PostgreSQL's own program. */
async function stopOnWindows(cluster: string, pgCtl: string): Promise<void> {
  await promisify(execFile)(pgCtl, ['stop', '-D', cluster, '-m', 'fast']).catch(() => undefined);
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function hasEnded(pid: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += 10) {
    if (!(await processIdentity(pid))) return true;
    await sleep(10);
  }
  return false;
}
