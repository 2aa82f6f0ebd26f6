import type { FastifyReply } from 'fastify';
import { newSecret } from '../ids.ts';

/** For files whose name holds a hash of their content; everything else is not stored anywhere. */
export const CACHE_FOR_EVER = 'public, max-age=31536000, immutable';

/** Content-Security-Policy of everything that is not rendered per request: no inline code, no other origin. */
export const STATIC_POLICY = policy({ script: "'self'", style: "'self'", formAction: "'self'" });

/** Headers of every response. Strict-Transport-Security means nothing over plain http (RFC 6797 §7.2). */
export function securityHeaders(isHttps: boolean): Record<string, string> {
  return {
    'content-security-policy': STATIC_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
    ...(isHttps && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
  };
}

/** The policy of one rendered response and the nonce that its own script and style elements carry. */
interface RenderedPolicy {
  nonce: string;
  policy: string;
}

/**
 * A policy for a page rendered for this request.
 *
 * @param formActions origins that a form of the page may end at, by a redirect too: browsers check both
 */
export function renderedPolicy(formActions: readonly string[] = []): RenderedPolicy {
  const nonce = newSecret(16).toString('base64url');
  const own = `'self' 'nonce-${nonce}'`;
  return {
    nonce,
    policy: policy({ script: own, style: own, formAction: ["'self'", ...formActions].join(' ') }),
  };
}

/** Gives a response the policy of a rendered page and returns the nonce for its elements. */
export function setRenderedPolicy(reply: FastifyReply, formActions?: readonly string[]): string {
  const { nonce, policy } = renderedPolicy(formActions);
  reply.header('content-security-policy', policy);
  return nonce;
}

/**
 * The policy of the authenticator app: its own files, and requests to the issuer besides. Reading QR codes is
 * compiled code, which browsers run only where the policy says so; that allows no `eval`.
 */
export function authenticatorPolicy(issuer: string): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src 'self' ${new URL(issuer).origin}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function policy(of: { script: string; style: string; formAction: string }): string {
  return [
    "default-src 'none'",
    `script-src ${of.script}`,
    `style-src ${of.style}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    `form-action ${of.formAction}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
