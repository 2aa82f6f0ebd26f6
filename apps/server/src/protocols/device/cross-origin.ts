import type { App } from '../../platform/http/app.ts';

const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'date, retry-after, x-request-id',
};
const PREFLIGHT = {
  ...HEADERS,
  'access-control-allow-methods': 'GET, POST, PUT, DELETE',
  'access-control-allow-headers': 'content-type, content-digest, signature, signature-input',
  'access-control-max-age': '7200',
};

/**
 * Lets the app call from its own origin (Fetch §3.3). From any origin, since nothing here looks at cookies and
 * whoever has no key of a device gets nothing.
 */
export function allowOtherOrigins(app: App): void {
  app.addHook('onRequest', async (_, reply) => {
    // On the raw response, for the stream of events, which leaves Fastify's hands.
    reply.raw.setHeaders(new Map(Object.entries(HEADERS)));
  });
  app.options('/device/*', { schema: { hide: true } }, (_, reply) =>
    reply.headers(PREFLIGHT).code(204).send(),
  );
}
