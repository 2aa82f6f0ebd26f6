import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../database/database.ts';
import type { App } from './app.ts';
import { notReady } from './http.problems.ts';

const PATIENCE_MS = 2_000;
const healthSchema = z.object({ status: z.literal('ok') });

/** `/healthz`: the process lives. `/readyz`: it can serve, since its database answers. */
export function healthRoutes(app: App, { db }: { db: Db }): void {
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
    if (!(await databaseAnswers(db))) throw notReady();
    return { status: 'ok' as const };
  });
}

/** Waits two seconds at most, also when the connection hangs or the pool is busy. */
async function databaseAnswers(db: Db): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, false);
  });
  const answer = sql`select 1`.execute(db).then(
    () => true,
    () => false,
  );
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}
