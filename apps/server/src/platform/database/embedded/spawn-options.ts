import type { SpawnOptions } from 'node:child_process';
import type { Places } from './places.ts';

/**
 * How PostgreSQL's programs are started: as their account, in their home, and without our environment, which
 * may hold secrets (another account could read them) and variables that PostgreSQL would obey.
 */
export function spawnOptions({ account, home }: Places): SpawnOptions {
  const { PATH, SystemRoot } = process.env;
  return {
    cwd: home,
    env: { PATH, LC_ALL: 'C', ...(SystemRoot && { SystemRoot }) },
    windowsHide: true,
    ...(account && { uid: account.uid, gid: account.gid }),
  };
}
