import { sql } from 'kysely';
import { keepPartitions } from '../apps/server/src/platform/database/partitions.ts';
import type { HttpBrowser } from '../tests/setup/http-browser.ts';
import { good, signIn } from '../tests/setup/journeys.ts';
import { percentile, timed } from '../tests/setup/latency.ts';
import type { Holder } from '../tests/setup/populated.ts';
import { addLines } from './access-lines.ts';
import { type CpuTime, cpuBetween } from './cpu-time.ts';
import type { Measured } from './installation.ts';

/** What pages of the access history took beside so many lines of everybody. */
export interface HistoryRow {
  lines: number;
  page: string;
  /** Of a page, in milliseconds: what it costs whatever else the machine does. */
  cpuMs: CpuTime;
  wallMs: { p50: number; p95: number; p99: number };
}

export interface HistoryLoad {
  lines: number;
  seconds: number;
  gibibytes: number;
}

export interface HistoryFindings {
  loads: HistoryLoad[];
  rows: HistoryRow[];
}

/** Of a page: what an installation promises. */
export const HISTORY_P95_MS = 30;
/** Lines of an account on average; of the one that has most. */
const USUAL_LINES = 50;
const MOST_LINES = 100_000;
const HOLDERS = 40;
/** How often each page is read; a small bench reads less. */
const pagesOf = (lines: number): number => Math.min(400, Math.ceil(lines / 100));

type Reader = (browser: HttpBrowser, since: string) => Promise<unknown>;

const get =
  (query: (since: string) => string): Reader =>
  async (browser, since) =>
    good(await browser.get(`/api/selfcare/history${query(since)}`));

const READS: Record<string, Reader> = {
  'first page': get(() => ''),
  'failures only': get(() => '?outcome=failure'),
  'one service': get(() => '?service=service-3'),
  'one service, failures, half a year': get(
    (since) => `?service=service-3&outcome=failure&from=${encodeURIComponent(since)}`,
  ),
  summary: get(() => '/summary'),
};

/**
 * Fills the access history up to each size and reads pages of it: of holders with a usual history, in turn, and of one
 * with a hundred thousand lines, of which one in a thousand is a failure.
 */
export async function measureHistory(
  on: Measured,
  sizes: readonly number[],
  say: (line: string) => void,
): Promise<HistoryFindings> {
  const { db } = on.database;
  const nowMs = Date.now();
  const [busiest, ...usual] = await on.holders(HOLDERS + 1);
  if (!busiest) throw new RangeError('nobody lives here');
  await makePartitions(on, nowMs);
  const most = Math.min(MOST_LINES, Math.ceil((sizes[0] ?? 0) / 2));
  await addLines(db, most, { known: [busiest.id], accounts: 1, failureEvery: 1_000, nowMs });
  const found: HistoryFindings = { loads: [], rows: [] };
  let lines = most;
  for (const size of sizes) {
    const startMs = performance.now();
    const accounts = Math.ceil(Math.max(...sizes) / USUAL_LINES);
    const known = usual.map(({ id }) => id);
    await addLines(db, Math.max(0, size - lines), { known, accounts, failureEvery: 20, nowMs });
    lines = Math.max(lines, size);
    await sql`vacuum analyze access_event, access_count`.execute(db);
    const seconds = (performance.now() - startMs) / 1000;
    found.loads.push({ lines, seconds, gibibytes: await sizeOf(on) });
    say(`${lines} lines of access history after ${seconds.toFixed(0)} s`);
    found.rows.push(...(await readAll(on, lines, usual, `a holder with some ${USUAL_LINES}`)));
    found.rows.push(...(await readAll(on, lines, [busiest], `a holder with ${most}`)));
  }
  return found;
}

/** As a node that has run for two years has them. */
async function makePartitions(on: Measured, nowMs: number): Promise<void> {
  const date = new Date(nowMs);
  for (let month = 24; month >= 0; month -= 3)
    await keepPartitions(on.database.db, Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - month, 15));
}

async function sizeOf(on: Measured): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select sum(pg_total_relation_size(inhrelid))::float8 as bytes from pg_inherits
    where inhparent in ('access_event'::regclass, 'access_count'::regclass)`.execute(on.database.db);
  return (rows[0]?.bytes ?? 0) / 2 ** 30;
}

async function readAll(
  on: Measured,
  lines: number,
  holders: readonly Holder[],
  whose: string,
): Promise<HistoryRow[]> {
  const browsers: HttpBrowser[] = [];
  for (const holder of holders) browsers.push(await signIn(on, on.browser(), holder));
  const since = new Date(Date.now() - 182 * 86_400_000).toISOString();
  const rows: HistoryRow[] = [];
  for (const [page, read] of Object.entries(READS)) {
    const once = (nth: number) => read(browsers[nth % browsers.length] as HttpBrowser, since);
    await timed(browsers.length, 1, once);
    const before = on.cpu();
    const pages = pagesOf(lines);
    const took = await timed(pages, 1, once);
    const { server, database } = cpuBetween(before, on.cpu());
    const cpuMs = { server: server / pages, database: database / pages };
    const wallMs = { p50: percentile(took, 0.5), p95: percentile(took, 0.95), p99: percentile(took, 0.99) };
    rows.push({ lines, page: `${page}, ${whose}`, cpuMs, wallMs });
  }
  return rows;
}
