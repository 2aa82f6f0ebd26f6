import type { FastifyRequest } from 'fastify';
import { crossSiteRequest } from './http.problems.ts';
import { isOwnOrigin, type Origins } from './origins.ts';

/**
 * Endpoints that other sites and programs may write to, by path, and what protects them instead. There are no
 * others: whatever is not here takes writes from our own pages alone.
 */
export const SELF_AUTHENTICATING: Readonly<Record<string, string>> = {
  '/oidc/authorize':
    'starts a sign-in and changes nothing; relying parties may post to it (OIDC Core §3.1.2.1)',
  '/oidc/token': 'the client authenticates itself; no cookie is read (RFC 6749 §3.2)',
  '/oidc/par': 'the client authenticates itself; no cookie is read (RFC 9126 §2)',
  '/oidc/userinfo': 'the access token authorises; no cookie is read (OIDC Core §5.3.1)',
  '/oidc/revoke': 'the client authenticates itself; no cookie is read (RFC 7009 §2.1)',
  '/oidc/introspect': 'the client authenticates itself; no cookie is read (RFC 7662 §2.1)',
  '/oidc/sign-out': 'asks the holder before it signs out (OIDC RP-Initiated Logout §2)',
  '/device/*': 'every request is signed by a device; no cookie is read (docs/device-protocol.md)',
  '/callbacks/*': 'signed by the provider of messages; no cookie is read',
  '/dev/clock': 'development and test profiles only; called by test programs, takes JSON alone',
  '/dev/limits': 'development and test profiles only; called by test programs, takes JSON alone',
};

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a write that another site caused. Browsers say who caused a request in Origin and Sec-Fetch-Site,
 * which scripts cannot forge; one of them has to say "this site" and neither may say otherwise. Origin is
 * `null` for a form of a page with the policy `no-referrer`, ours included (Fetch §3.2), and then says nothing.
 */
export function checkOrigin(request: FastifyRequest, origins: Origins): void {
  if (request.is404 || SAFE_METHODS.has(request.method)) return;
  if (authenticatesItself(pathOf(request.url))) return;

  const { origin, host } = request.raw.headers;
  const site = request.headers['sec-fetch-site'];
  const isOwn = origin !== undefined && isOwnOrigin(origin, host, origins);
  const isForeign = origin !== undefined && origin !== 'null' && !isOwn;
  if (isForeign || (site !== undefined && site !== 'same-origin')) throw crossSiteRequest();
  if (!isOwn && site !== 'same-origin') throw crossSiteRequest();
}

/** Whether a path, or everything under it, stands in the table. */
export function authenticatesItself(path: string): boolean {
  const [, first = ''] = path.split('/', 2);
  return Object.hasOwn(SELF_AUTHENTICATING, path) || Object.hasOwn(SELF_AUTHENTICATING, `/${first}/*`);
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}
