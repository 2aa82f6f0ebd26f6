import { z } from 'zod';
import { fixedClock } from '../clock/clock.ts';
import { openLog } from '../log/log.ts';
import type { App } from './app.ts';
import { type AppOptions, buildApp } from './build-app.ts';

export const ISSUER = 'https://id.example.org';
const described = { summary: 'For a test', tags: ['test'] };

/** A server for the tests of this folder: `GET` and `POST /api/echo`, `GET /api/broken`, all lines it logged. */
export async function testApp(options: Partial<AppOptions> = {}): Promise<{ app: App; lines: string[] }> {
  const lines: string[] = [];
  const app = await buildApp({
    issuer: ISSUER,
    acceptLoopback: false,
    trustedProxies: [],
    clock: fixedClock(Date.UTC(2026, 5, 1)),
    log: openLog('trace', (line) => lines.push(line)),
    ...options,
  });
  const body = z.strictObject({ email: z.email(), password: z.string().min(8) });
  const response = { 200: z.object({ email: z.string() }) };
  app.get('/api/echo', { schema: { ...described, operationId: 'readEcho', response } }, () => ({
    email: 'a@b.it',
  }));
  app.post(
    '/api/echo',
    { schema: { ...described, operationId: 'writeEcho', body, response } },
    ({ body: { email } }) => ({ email }),
  );
  app.get('/api/broken', { schema: { ...described, operationId: 'breakEcho', response } }, () => {
    throw new Error('the reason');
  });
  return { app, lines };
}

/** Headers of a request that one of our own pages makes. */
export const OWN = { host: 'id.example.org', origin: ISSUER };
