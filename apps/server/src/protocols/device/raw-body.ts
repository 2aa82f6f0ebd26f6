import type { App } from '../../platform/http/app.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it was received: what a device signed. */
    rawBody?: Buffer;
  }
}

/** Keeps the bytes of JSON bodies beside what they say, for the routes registered on this instance. */
export function keepRawBodies(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    request.rawBody = body as Buffer;
    if (body.length === 0) done(null, undefined);
    else parse(request, body.toString(), done);
  });
}
