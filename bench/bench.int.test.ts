import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { quickFolder } from '../tests/setup/quick-folder.ts';

const SMALL = [
  '--accounts',
  '20',
  '--crowd',
  '30',
  '--sign-ins',
  '10',
  '--pages',
  '50',
  '--approvals',
  '5',
  '--wait',
  '0.5',
  '--history',
  '2000',
];
const KINDS = [
  'password',
  'password \\+ TOTP',
  'silent',
  'refresh',
  'discovery',
  'QR sign-in',
  'push sign-in',
];
const ROWS = [
  /transaction with `select 1` +[\d.]+/,
  /GET \/healthz +[\d.]+/,
  /argon2id, one at a time +[\d.]+/,
  /argon2id, two at once +[\d.]+/,
  /a second of an idle node +[\d.]+/,
  ...KINDS.flatMap((kind) => [1, 8, 64].map((atOnce) => new RegExp(`${kind} +${atOnce} +[\\d.]+`))),
  /waiting pages +50/,
  /first page, a holder with 1000 +2000 +[\d.]+/,
  /memory a page, KiB +[\d.-]+/,
  /approved to signed in, ms \(5\) +p50 [\d.]+, p95 [\d.]+, p99 [\d.]+/,
];

/** Every number in a value, however deep. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  // JSON writes null for what is no number.
  if (value === null) return [Number.NaN];
  return typeof value === 'object' ? Object.values(value).flatMap(numbersIn) : [];
}

test('the bench measures every row, with few sign-ins and pages too', { timeout: 180_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sigillo-bench-'));
  const to = join(folder, 'bench.json');
  try {
    const args = [join(import.meta.dirname, 'bench.ts'), ...SMALL, '--in', await quickFolder(), '--to', to];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    for (const row of ROWS) expect(stdout).toMatch(row);
    const report = JSON.parse(await readFile(to, 'utf8'));
    expect(numbersIn(report).every(Number.isFinite)).toBe(true);
    expect(report.signIns).toHaveLength(3 * KINDS.length);
    expect(report.waiting).toMatchObject({ pages: 50, approvals: 5 });
  } finally {
    await rm(folder, { recursive: true });
  }
});
