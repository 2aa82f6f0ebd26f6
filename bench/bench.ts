/**
 * Measures what a sign-in costs and how long it takes, on a node and a PostgreSQL of its own; Linux alone tells the
 * processor time of other processes. docs/performance.md says how it is done and what came out.
 *
 *   node bench/bench.ts [--accounts 2000] [--sign-ins 1000] [--pages 5000] [--approvals 200] [--wait 50]
 *                       [--in <folder of the database's files>] [--to reports/bench.json]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { type BareCosts, measureBareCosts } from './bare-costs.ts';
import { type Measured, measuredInstallation } from './installation.ts';
import { describeMachine, printReport, reportOf, type SignIns } from './report.ts';
import { run } from './runs.ts';
import { signInByPush, signInByQr } from './sign-ins.ts';
import { measureWaiting } from './waiting-pages.ts';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '2000' },
    'sign-ins': { type: 'string', default: '1000' },
    pages: { type: 'string', default: '5000' },
    approvals: { type: 'string', default: '200' },
    wait: { type: 'string', default: '50' },
    in: { type: 'string', default: tmpdir() },
    to: { type: 'string', default: 'reports/bench.json' },
  },
});
const signIns = Number(values['sign-ins']);
const AT_ONCE = [1, 8, 64];
/** Of the sign-ins by push, whose hashes take most of the time. */
const PUSH_SHARE = 0.4;

const machine = describeMachine();
say(`starting PostgreSQL and a node; ${values.accounts} accounts with linked apps`);
await using on = await measuredInstallation(Number(values.accounts), values.in);
say('bare costs');
const bare = await measureBareCosts(on, signIns * 3);
const findings = {
  bare,
  signIns: [...(await qrSignIns(on)), ...(await pushSignIns(on, bare))],
  waiting: await waitingPages(on),
};
const report = reportOf(findings, machine);
mkdirSync(dirname(values.to), { recursive: true });
writeFileSync(values.to, `${JSON.stringify(report, null, 2)}\n`);
printReport(report);
say(`written to ${values.to}`);

/** The first ones teach the compiler of Node what to make fast, and fill caches: they are not counted. */
async function qrSignIns(on: Measured): Promise<SignIns[]> {
  say('sign-ins by QR');
  await run(on, { operations: signIns, atOnce: 8 }, signInByQr);
  const found: SignIns[] = [];
  for (const atOnce of AT_ONCE) {
    const name = 'QR sign-in';
    found.push({ name, hashCpuMs: 0, ...(await run(on, { operations: signIns, atOnce }, signInByQr)) });
  }
  return found;
}

async function pushSignIns(on: Measured, { hash }: BareCosts): Promise<SignIns[]> {
  say('sign-ins by push');
  const operations = Math.ceil(signIns * PUSH_SHARE);
  await run(on, { operations, atOnce: 8 }, signInByPush);
  const found: SignIns[] = [];
  for (const atOnce of AT_ONCE) {
    const hashCpuMs = atOnce === 1 ? hash.alone : hash.two;
    found.push({ name: 'push sign-in', hashCpuMs, ...(await run(on, { operations, atOnce }, signInByPush)) });
  }
  return found;
}

function waitingPages(on: Measured) {
  say(`${values.pages} waiting pages`);
  return measureWaiting(on, {
    pages: Number(values.pages),
    approvals: Number(values.approvals),
    waitSeconds: Number(values.wait),
  });
}

function say(line: string): void {
  console.log(`bench: ${line}`);
}
