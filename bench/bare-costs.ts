import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import {
  DEFAULT_PARAMETERS,
  hashArgon2id,
  verifyArgon2id,
} from '../apps/server/src/factors/password/argon2id.ts';
import { inTransaction } from '../apps/server/src/platform/database/database.ts';
import { timed } from '../tests/setup/latency.ts';
import { PASSWORD } from '../tests/setup/populated.ts';
import { cpuBetween } from './cpu-time.ts';
import type { Measured } from './installation.ts';

/** What the least of something costs on this machine, at this moment: CPU-milliseconds each. */
export interface BareCosts {
  /** `select 1` in a transaction of its own: what this process and the database spend on it. */
  transaction: number;
  /** GET /healthz: what the node spends on it. */
  request: number;
  /** Verifying one password, one at a time, and as many at once as a node does. */
  hash: { alone: number; two: number };
  /** A second of a node that nobody asks anything, with its database. */
  idleSecond: number;
}

/** @param times how often each is done; hashes a fiftieth of that */
export async function measureBareCosts(on: Measured, times: number): Promise<BareCosts> {
  await timed(Math.ceil(times / 10), 8, () => emptyTransaction(on));
  return {
    transaction: await transactionCost(on, times),
    request: await requestCost(on, times),
    hash: { alone: await hashCost(times / 50, 1), two: await hashCost(times / 50, 2) },
    idleSecond: await idleCost(on, Math.min(3000, times)),
  };
}

const emptyTransaction = (on: Measured) => inTransaction(on.database.db, (tx) => sql`select 1`.execute(tx));

async function transactionCost(on: Measured, times: number): Promise<number> {
  const [before, own] = [on.cpu(), process.cpuUsage()];
  await timed(times, 8, () => emptyTransaction(on));
  return (cpuBetween(before, on.cpu()).database + sinceMs(own)) / times;
}

async function requestCost(on: Measured, times: number): Promise<number> {
  const before = on.cpu();
  await timed(times, 8, async () => (await fetch(`${on.server.url}/healthz`)).arrayBuffer());
  return cpuBetween(before, on.cpu()).server / times;
}

/** CPU-milliseconds of one argon2id hash at the product's usual cost. */
async function hashCost(times: number, atOnce: number): Promise<number> {
  const count = Math.max(2, Math.round(times));
  const stored = await hashArgon2id(PASSWORD, DEFAULT_PARAMETERS);
  const own = process.cpuUsage();
  await timed(count, atOnce, () => verifyArgon2id(PASSWORD, stored));
  return sinceMs(own) / count;
}

function sinceMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function idleCost(on: Measured, ms: number): Promise<number> {
  const before = on.cpu();
  await sleep(ms);
  const { server, database } = cpuBetween(before, on.cpu());
  return (server + database) / (ms / 1000);
}
