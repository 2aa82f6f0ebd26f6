import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * The server's own cookies. `__Host-` binds each to this very host, over a secure connection (RFC 6265bis
 * §4.1.3.2); browsers count http on loopback as secure, so development needs no other names.
 */
export const COOKIES = {
  /** Binds ceremonies to the browser that started them. */
  browser: '__Host-sigillo-browser',
  session: '__Host-sigillo-session',
  /** An operator's, beside which a holder may be signed in. */
  console: '__Host-sigillo-console',
  /** Lifts a lock-out for its owner; never evidence. */
  recognised: '__Host-sigillo-recognised',
  language: '__Host-sigillo-language',
} as const;

/** The name of one of our cookies. */
export type CookieName = (typeof COOKIES)[keyof typeof COOKIES];

const ATTRIBUTES = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const;

/** The value the browser sent, or undefined. */
export function readCookie(request: FastifyRequest, name: CookieName): string | undefined {
  return request.cookies[name] || undefined;
}

/**
 * Sets a cookie.
 *
 * @param maxAgeSeconds how long the browser keeps it; until it closes when left out
 */
export function setCookie(
  reply: FastifyReply,
  name: CookieName,
  value: string,
  maxAgeSeconds?: number,
): void {
  reply.setCookie(name, value, {
    ...ATTRIBUTES,
    ...(maxAgeSeconds !== undefined && { maxAge: maxAgeSeconds }),
  });
}

/** Makes the browser forget a cookie. */
export function clearCookie(reply: FastifyReply, name: CookieName): void {
  reply.clearCookie(name, ATTRIBUTES);
}

/** Sends a cookie with an answer that leaves Fastify's hands: what `setCookie` noted is not sent then. */
export function sendCookieNow(reply: FastifyReply, name: CookieName, value: string): void {
  reply.raw.appendHeader('set-cookie', reply.server.serializeCookie(name, value, ATTRIBUTES));
}
