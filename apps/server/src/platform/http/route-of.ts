import type { FastifyRequest } from 'fastify';

/** The route that answers, as it is registered: it says nothing of who asks for what, unlike the path. */
export function routeOf(request: FastifyRequest): string {
  return request.is404 ? '(none)' : (request.routeOptions.url ?? '(none)');
}
