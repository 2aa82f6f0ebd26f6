import { readdirSync, readFileSync } from 'node:fs';

/** Processor time used so far, user and system, in milliseconds. */
export interface CpuTime {
  server: number;
  database: number;
}

/** Milliseconds in one tick of the times in /proc: USER_HZ, 100 on every Linux that Node runs on. */
const TICK_MS = 10;

/**
 * Reads the processor time of a node and of its database from /proc/<pid>/stat (proc(5)), which counts all threads
 * of a process. Of PostgreSQL it is the first process, all that descend from it, and those that have ended: their
 * time is in the first process's own counters as soon as it has noticed.
 *
 * @param pids the node's process, and the first one of PostgreSQL
 */
export function readCpuTime(pids: { server: number; database: number }): CpuTime {
  for (;;) {
    const before = statOf(pids.database);
    const children = childrenOf(pids.database);
    const after = statOf(pids.database);
    // A child that ended in between would be counted twice, or not at all.
    if (before.endedMs !== after.endedMs) continue;
    const living = children.reduce((sum, { ownMs, endedMs }) => sum + ownMs + endedMs, 0);
    return { server: statOf(pids.server).ownMs, database: after.ownMs + after.endedMs + living };
  }
}

/** What was used between two readings. */
export const cpuBetween = (before: CpuTime, after: CpuTime): CpuTime => ({
  server: after.server - before.server,
  database: after.database - before.database,
});

interface Stat {
  parent: number;
  ownMs: number;
  /** Of children that ended and were waited for. */
  endedMs: number;
}

function statOf(pid: number): Stat {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program, in parentheses, may hold anything: the numbers begin behind it, with field 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3]);
  return {
    parent: field(4),
    ownMs: (field(14) + field(15)) * TICK_MS,
    endedMs: (field(16) + field(17)) * TICK_MS,
  };
}

function childrenOf(parent: number): Stat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return statOf(Number(name));
      } catch {
        return []; // ended meanwhile
      }
    })
    .filter((one) => one.parent === parent);
}
