import { createHash } from 'node:crypto';
import type { App } from '../http/app.ts';
import { constantTimeEqual } from '../keyring/constant-time.ts';
import type { Metrics } from './metrics.ts';

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const sha256 = (text: string) => createHash('sha256').update(text).digest();

/** `/metrics`, for whoever has the token; where none is set there is no such page. */
export function metricsRoute(app: App, metrics: Metrics, token: string | undefined): void {
  if (token === undefined) return;
  const expected = sha256(`Bearer ${token}`);
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!constantTimeEqual(sha256(request.headers.authorization ?? ''), expected)) {
      reply.code(401).header('www-authenticate', 'Bearer realm="metrics"').type('text/plain');
      return reply.send('SIGILLO_METRICS_TOKEN is needed here, as Authorization: Bearer\n');
    }
    return reply
      .type(CONTENT_TYPE)
      .header('cache-control', 'no-store')
      .send(await metrics.read());
  });
}
