import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const LARGEST_FORM_BYTES = 16 * 1024;

/** A request that is refused before any page sees it. */
export class RequestRefused extends Error {
  readonly status: 400 | 403 | 404 | 405 | 413;

  constructor(status: RequestRefused['status']) {
    super(String(status));
    this.status = status;
  }
}

export interface Listener {
  port: number;
  /** Answers every request with `serve` from now on. */
  answer(serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>): void;
  close(): Promise<void>;
}

/** Listens on this machine only. Port 0 takes a free one. */
export async function listen(port: number): Promise<Listener> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    answer(serve) {
      server.on('request', (request, response) => {
        serve(request, response).catch(() => response.destroy());
      });
    },
    close: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}

/** The address asked for, below the portal's own: neither the request line nor `Host` can change its origin. */
export function requestUrl(request: IncomingMessage, baseUrl: string): URL {
  const target = request.url ?? '';
  if (!target.startsWith('/') || !URL.canParse(baseUrl + target)) throw new RequestRefused(400);
  return new URL(baseUrl + target);
}

/**
 * The fields of a form sent by one of our own pages. SameSite alone would let in the portal on the next
 * port, which is the same site.
 *
 * @throws RequestRefused when another origin sent it, or it is too large
 */
export async function readForm(request: IncomingMessage, origin: string): Promise<URLSearchParams> {
  const { origin: sentBy, 'sec-fetch-site': site, 'content-length': length } = request.headers;
  if (site ? site !== 'same-origin' : sentBy !== origin) throw new RequestRefused(403);
  // Forms always say how long they are, and Node reads no more than that.
  if (!(Number(length) <= LARGEST_FORM_BYTES)) throw new RequestRefused(413);

  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

/**
 * Headers of every page: nothing from elsewhere, no scripts, no frames, not cached. Signing out sends a form
 * here that redirects to Sigillo, and browsers hold redirects of a form to `form-action` too.
 */
export function pageHeaders(issuerOrigin: string): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': [
      "default-src 'none'",
      "style-src 'self'",
      "img-src 'self'",
      `form-action 'self' ${issuerOrigin}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    // Not `no-referrer`: browsers would then leave the origin out of our own forms.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
}
