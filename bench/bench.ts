/**
 * Measures what sign-ins cost and how long they take, on a node and a PostgreSQL of its own; Linux alone tells the
 * processor time of other processes. docs/performance.md says how it is done and what came out.
 *
 *   node bench/bench.ts [--accounts 2000] [--crowd 0] [--sign-ins 1000] [--pages 5000] [--approvals 200] [--wait 50]
 *                       [--history 1000000,10000000]
 *                       [--only password,totp,silent,refresh,discovery,qr,push,pages]
 *                       [--in <folder of the database's files>] [--to reports/bench.json]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { measureHistory } from './access-history.ts';
import { measureBareCosts } from './bare-costs.ts';
import { addCrowd } from './crowd.ts';
import { measuredInstallation } from './installation.ts';
import { type Measurement, measurements } from './measurements.ts';
import { openIdConnect } from './openid-connect.ts';
import { describeMachine, printReport, reportOf, type SignIns } from './report.ts';
import { run } from './runs.ts';
import { measureWaiting } from './waiting-pages.ts';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '2000' },
    crowd: { type: 'string', default: '0' },
    'sign-ins': { type: 'string', default: '1000' },
    pages: { type: 'string', default: '5000' },
    approvals: { type: 'string', default: '200' },
    wait: { type: 'string', default: '50' },
    history: { type: 'string', default: '' },
    only: { type: 'string', default: 'password,totp,silent,refresh,discovery,qr,push,pages' },
    in: { type: 'string', default: tmpdir() },
    to: { type: 'string', default: 'reports/bench.json' },
  },
});
const signIns = Number(values['sign-ins']);
const only = values.only.split(',');
const AT_ONCE = [1, 8, 64];

const machine = describeMachine();
say(`starting PostgreSQL and a node; ${values.accounts} accounts of each kind`);
await using on = await measuredInstallation(Number(values.accounts), values.in);
await addCrowd(on, Number(values.crowd), say);
say('bare costs');
const bare = await measureBareCosts(on, signIns * 3);
const oidc = await openIdConnect(on, Math.min(Math.max(...AT_ONCE), signIns));
const found: SignIns[] = [];
for (const one of measurements(oidc)) if (only.includes(one.key)) found.push(...(await measure(one)));
const waiting = only.includes('pages') ? await waitingPages() : undefined;
const sizes = values.history.split(',').filter(Boolean).map(Number);
const history = sizes.length > 0 ? await measureHistory(on, sizes, say) : undefined;
const report = reportOf({ bare, signIns: found, waiting, history, crowd: Number(values.crowd) }, machine);
mkdirSync(dirname(values.to), { recursive: true });
writeFileSync(values.to, `${JSON.stringify(report, null, 2)}\n`);
printReport(report);
say(`written to ${values.to}`);

/** The first ones teach the compiler of Node what to make fast, and fill caches: they are not counted. */
async function measure(one: Measurement): Promise<SignIns[]> {
  say(one.name);
  const operations = Math.ceil(signIns * one.share);
  await run(on, { operations, atOnce: 8 }, one.once);
  const rows: SignIns[] = [];
  for (const atOnce of AT_ONCE) {
    const hashCpuMs = one.hashes ? (atOnce === 1 ? bare.hash.alone : bare.hash.two) : 0;
    const { name, targetCpuMs } = one;
    const target = targetCpuMs === undefined ? {} : { targetCpuMs };
    rows.push({ name, ...target, hashCpuMs, ...(await run(on, { operations, atOnce }, one.once)) });
  }
  return rows;
}

function waitingPages() {
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
