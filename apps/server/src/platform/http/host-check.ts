import type { FastifyRequest } from 'fastify';
import { misdirectedRequest } from './http.problems.ts';
import { isBareAddress, isOwnHost, type Origins } from './origins.ts';

/** Asked by who watches each node, and addresses it by its number; they answer nothing that depends on the host. */
const WATCHED_PATHS = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Refuses a request for another host name (RFC 9110 §15.5.20): a poisoned Host must not reach anything that
 * might write it into a link or a cache. X-Forwarded-Host is never read.
 */
export function checkHost(request: FastifyRequest, origins: Origins): void {
  const { host } = request.raw.headers;
  if (isOwnHost(host, origins)) return;
  if (WATCHED_PATHS.has(request.routeOptions.url ?? '') && isBareAddress(host)) return;
  throw misdirectedRequest();
}
