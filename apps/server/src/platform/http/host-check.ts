import type { FastifyRequest } from 'fastify';
import { misdirectedRequest } from './http.problems.ts';
import { isBareAddress, isOwnHost, type Origins } from './origins.ts';

/** Asked by load balancers, which address a node by its number; they answer nothing that depends on the host. */
const HEALTH_PATHS = new Set(['/healthz', '/readyz']);

/**
 * Refuses a request for another host name (RFC 9110 §15.5.20): a poisoned Host must not reach anything that
 * might write it into a link or a cache. X-Forwarded-Host is never read.
 */
export function checkHost(request: FastifyRequest, origins: Origins): void {
  const { host } = request.raw.headers;
  if (isOwnHost(host, origins)) return;
  if (HEALTH_PATHS.has(request.routeOptions.url ?? '') && isBareAddress(host)) return;
  throw misdirectedRequest();
}
