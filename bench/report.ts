import { cpus, loadavg } from 'node:os';
import { HISTORY_P95_MS, type HistoryFindings } from './access-history.ts';
import type { BareCosts } from './bare-costs.ts';
import type { Run } from './runs.ts';
import type { Waiting } from './waiting-pages.ts';

/** From an approval to a session: what the product aims at; docs/performance.md says why. */
const SIGNED_IN_P95_MS = 300;

/** A kind of operation, run at one degree of concurrency. */
export interface SignIns extends Run {
  name: string;
  /** CPU-milliseconds besides the hash; left out where there is no target. */
  targetCpuMs?: number;
  /** CPU-milliseconds of bare argon2id in the same run, which are taken off before the target is looked at. */
  hashCpuMs: number;
}

export interface Findings {
  bare: BareCosts;
  signIns: SignIns[];
  /** Left out where it was not asked for. */
  waiting: Waiting | undefined;
  history: HistoryFindings | undefined;
  /** Accounts beside those that sign in. */
  crowd: number;
}

/** The machine, as far as figures depend on it; the load average tells who else was at work. */
export function describeMachine() {
  return { processor: cpus()[0]?.model ?? '', cores: cpus().length, node: process.version, load: loadavg() };
}

/** Everything that was found, beside its target and as a multiple of what was bare in the same run. */
export function reportOf(
  { bare, signIns, waiting, history, crowd }: Findings,
  machine: ReturnType<typeof describeMachine>,
) {
  return {
    machine: { ...machine, loadAtEnd: loadavg() },
    bare,
    crowd,
    signIns: signIns.map((one) => {
      const cpuMsWithoutHash = one.cpuMs.both - one.hashCpuMs;
      return {
        ...one,
        cpuMsWithoutHash,
        transactions: cpuMsWithoutHash / bare.transaction,
        isMet: cpuMsWithoutHash <= (one.targetCpuMs ?? Number.MAX_VALUE),
      };
    }),
    ...(history && { history: { ...history, targetP95Ms: HISTORY_P95_MS } }),
    ...(waiting && {
      waiting: {
        ...waiting,
        targetP95Ms: SIGNED_IN_P95_MS,
        isMet: waiting.signedInMs.p95 <= SIGNED_IN_P95_MS,
      },
    }),
  };
}

type Report = ReturnType<typeof reportOf>;

/** The same for people to read. */
export function printReport({ machine, bare, signIns, waiting, history, crowd }: Report): void {
  const load = (averages: number[]) => averages.map((one) => one.toFixed(2)).join(' ');
  console.log(`\n${machine.processor}, ${machine.cores} cores, Node ${machine.node}`);
  console.log(`load average ${load(machine.load)} at the start, ${load(machine.loadAtEnd)} at the end\n`);
  printTable([
    ['bare costs', 'CPU-ms'],
    ['transaction with `select 1`', ms(bare.transaction)],
    ['GET /healthz', ms(bare.request)],
    ['argon2id, one at a time', ms(bare.hash.alone)],
    ['argon2id, two at once', ms(bare.hash.two)],
    ['a second of an idle node', ms(bare.idleSecond)],
  ]);
  printTable([
    ['operation', 'at once', 'CPU-ms', 'node', 'database', 'less hash', 'target', 'met', 'bare tx', ...WALL],
    ...signIns.map(signInCells),
  ]);
  if (crowd > 0) console.log(`beside ${crowd} other accounts\n`);
  if (history) printHistory(history);
  if (!waiting) return;
  printTable([
    ['waiting pages', String(waiting.pages)],
    ['memory of the node, MiB', `${ms(waiting.residentMib.before)} → ${ms(waiting.residentMib.after)}`],
    ['memory a page, KiB', ms(waiting.kibPerPage)],
    ['while they wait, CPU-ms a second', ms(waiting.cpuMsPerSecond)],
    [`approved to signed in, ms (${waiting.approvals})`, wallText(waiting.signedInMs)],
    ['target p95, ms', `${waiting.targetP95Ms} ${waiting.isMet ? 'met' : 'MISSED'}`],
  ]);
}

function printHistory({ loads, rows, targetP95Ms }: NonNullable<Report['history']>): void {
  printTable([
    ['lines of access history', 'loaded in s', 'GiB'],
    ...loads.map((one) => [String(one.lines), ms(one.seconds), ms(one.gibibytes)]),
  ]);
  printTable([
    [
      'page of the access history',
      'lines of all',
      'node CPU-ms',
      'database',
      'p50 ms',
      'p95 ms',
      'p99 ms',
      'target',
      'met',
    ],
    ...rows.map(({ page, lines, cpuMs, wallMs }) => [
      page,
      String(lines),
      ...[cpuMs.server, cpuMs.database, wallMs.p50, wallMs.p95, wallMs.p99].map(ms),
      `≤ ${targetP95Ms}`,
      wallMs.p95 <= targetP95Ms ? 'yes' : 'NO',
    ]),
  ]);
}

const WALL = ['p50 ms', 'p95 ms', 'p99 ms', 'a second', 'RSS MiB'];

function signInCells(one: Report['signIns'][number]): string[] {
  const { p50, p95, p99 } = one.wallMs;
  const cpu = [one.cpuMs.both, one.cpuMs.server, one.cpuMs.database, one.cpuMsWithoutHash].map(ms);
  const target =
    one.targetCpuMs === undefined ? ['', ''] : [`≤ ${one.targetCpuMs}`, one.isMet ? 'yes' : 'NO'];
  const judged = [...target, ms(one.transactions)];
  return [
    one.name,
    String(one.atOnce),
    ...cpu,
    ...judged,
    ...[p50, p95, p99, one.perSecond, one.residentMib].map(ms),
  ];
}

const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 0);
const wallText = ({ p50, p95, p99 }: Waiting['signedInMs']) =>
  `p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}`;

function printTable(rows: string[][]): void {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(width(0)) : cell.padStart(width(column)),
    );
    console.log(cells.join('  '));
  }
  console.log();
}
