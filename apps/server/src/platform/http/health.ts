import { z } from 'zod';
import { SECOND_MS } from '../clock/clock.ts';
import { databaseNowMs } from '../clock/database-clock.ts';
import type { Db } from '../database/database.ts';
import type { App } from './app.ts';
import { notReady } from './http.problems.ts';

export interface HealthPorts {
  db: Db;
  /** What the computer's own clock says, which no development hook moves. */
  computerNowMs(): number;
  /** Whether the node has been told to stop: whoever spreads requests over nodes then sends no more. */
  isStopping(): boolean;
}

/** Words of the problem `not-ready`. */
export const NOT_READY = ['stopping', 'database', 'clock'] as const;
export type NotReady = (typeof NOT_READY)[number];

const PATIENCE_MS = 2_000;
/** Codes, links and sessions of all nodes are judged by their clocks, so each is held against the database's. */
const MOST_OFF_MS = 5 * SECOND_MS;
const RETRY_AFTER_SECONDS = 5;
const healthSchema = z.object({ status: z.literal('ok') });

/** `/healthz`: the process lives. `/readyz`: it can serve, and if it cannot, why. */
export function healthRoutes(app: App, ports: HealthPorts): void {
  const healthz = {
    operationId: 'getHealth',
    summary: 'Whether this process lives',
    tags: ['health'],
    response: { 200: healthSchema },
  };
  app.get('/healthz', { schema: healthz }, () => ({ status: 'ok' as const }));

  const readyz = {
    operationId: 'getReadiness',
    summary: 'Whether this node can serve requests',
    tags: ['health'],
    response: { 200: healthSchema },
    problems: [notReady],
  };
  app.get('/readyz', { schema: readyz }, async () => {
    const reason = await whyNotReady(ports);
    if (reason) throw notReady({ retryAfterSeconds: RETRY_AFTER_SECONDS, reason });
    return { status: 'ok' as const };
  });
}

/** Why a node cannot serve; undefined when it can. Asks the database, and waits for two seconds at most. */
export async function whyNotReady(ports: HealthPorts): Promise<NotReady | undefined> {
  return ports.isStopping() ? 'stopping' : faultOf(ports);
}

async function faultOf({ db, computerNowMs }: HealthPorts): Promise<NotReady | undefined> {
  const askedMs = computerNowMs();
  const databaseMs = await timeOf(db);
  if (databaseMs === undefined) return 'database';
  const isEarly = databaseMs < askedMs - MOST_OFF_MS;
  const isLate = databaseMs > computerNowMs() + MOST_OFF_MS;
  return isEarly || isLate ? 'clock' : undefined;
}

/** Waits two seconds at most, also when the connection hangs or the pool is busy; undefined when nothing came. */
async function timeOf(db: Db): Promise<number | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  const answer = databaseNowMs(db).catch(() => undefined);
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}
