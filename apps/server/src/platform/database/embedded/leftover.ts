import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLine, isAlive } from './process-identity.ts';
import { stopServer } from './stop-server.ts';

/**
 * Makes way for a new PostgreSQL on these files, which the caller has locked: one that outlived its Node is
 * stopped, and a `postmaster.pid` that names a stranger's process is made harmless.
 */
export async function clearLeftovers(
  cluster: string,
  pgCtl: string,
  log: (line: string) => void,
): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const text = await readFile(pidFile, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  if (!(pid > 0) || !isAlive(pid)) return; // PostgreSQL itself replaces the file of a process that is gone

  if (await isServerOf(cluster, pid)) {
    log(`Stopping the PostgreSQL (process ${pid}) that an earlier server left running`);
    await stopServer(pid, cluster, pgCtl);
    return;
  }
  // The number belongs to somebody else now, and PostgreSQL would refuse to start. It does not mind the
  // number of its own parent; the rest of the file stays, because by the shared memory named there it finds
  // out whether children of the dead server still run.
  log(`The database was not stopped properly: process ${pid} is gone, or another program by now`);
  await writeFile(pidFile, text.replace(/^\d+/, String(process.pid)));
}

async function isServerOf(cluster: string, pid: number): Promise<boolean> {
  // Windows shows no command line; `pg_ctl stop` reaches nothing there but a PostgreSQL.
  if (process.platform === 'win32') return true;
  const line = await commandLine(pid);
  return ` ${line} `.includes(` -D ${cluster} `);
}
