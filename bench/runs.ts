import { percentile, timed } from '../tests/setup/latency.ts';
import { residentMib } from '../tests/setup/resident-memory.ts';
import { type CpuTime, cpuBetween } from './cpu-time.ts';
import type { Measured } from './installation.ts';

/** What so many operations took. */
export interface Run {
  operations: number;
  atOnce: number;
  /** Of each operation, in milliseconds. */
  cpuMs: CpuTime & { both: number };
  wallMs: { p50: number; p95: number; p99: number };
  perSecond: number;
  /** Memory of the node afterwards, in MiB. */
  residentMib: number;
}

/** Does so many operations, some at once, and reads how much work node and database had with them. */
export async function run(
  on: Measured,
  { operations, atOnce }: Pick<Run, 'operations' | 'atOnce'>,
  operation: (on: Measured) => Promise<unknown>,
): Promise<Run> {
  const [before, startMs] = [on.cpu(), performance.now()];
  const took = await timed(operations, atOnce, () => operation(on));
  const seconds = (performance.now() - startMs) / 1000;
  const { server, database } = cpuBetween(before, on.cpu());
  return {
    operations,
    atOnce,
    cpuMs: {
      server: server / operations,
      database: database / operations,
      both: (server + database) / operations,
    },
    wallMs: { p50: percentile(took, 0.5), p95: percentile(took, 0.95), p99: percentile(took, 0.99) },
    perSecond: operations / seconds,
    residentMib: residentMib(on.pid),
  };
}
