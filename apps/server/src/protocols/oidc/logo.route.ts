import { z } from 'zod';
import type { App } from '../../platform/http/app.ts';
import { notFound } from '../../platform/http/http.problems.ts';
import { CACHE_FOR_EVER } from '../../platform/http/security-headers.ts';
import type { RelyingPartyStore } from './relying-party-ports.ts';

/** An SVG may carry styles; opened by itself it runs no script, as in a page of ours, and fetches nothing. */
const LOGO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/** Logos of relying parties, from our own origin. The address changes with the logo. */
export function logoRoutes(app: App, relyingParties: RelyingPartyStore): void {
  const schema = { hide: true, params: z.object({ clientId: z.string().max(100) }) };
  app.get('/logos/:clientId', { schema }, async (request, reply) => {
    const logo = await relyingParties.findLogo(request.params.clientId);
    if (!logo) throw notFound();
    return reply
      .header('content-security-policy', LOGO_POLICY)
      .header('cache-control', CACHE_FOR_EVER)
      .type(logo.type)
      .send(logo.bytes);
  });
}
