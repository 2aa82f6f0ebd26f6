import { readFileSync } from 'node:fs';

/** Memory that a process has in use, in MiB; Linux alone tells. */
export function residentMib(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
