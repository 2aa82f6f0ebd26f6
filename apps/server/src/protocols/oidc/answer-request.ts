import type Provider from 'oidc-provider';
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { DatabaseUnavailable } from '../../platform/database/database-unavailable.ts';
import { DATABASE_RETRY_SECONDS } from '../../platform/http/answer-problem.ts';
import type { Log } from '../../platform/log/log.ts';
import { isOwnPage, type OidcPages } from './pages/oidc-pages.ts';
import { UNSENT_COOKIES } from './provider-config.ts';
import type { RelyingPartyStore } from './relying-party-ports.ts';
import { currentRequest, type OidcRequest } from './request-context.ts';
import { returnAddress } from './return-address.ts';
import { serveStructuredTokens } from './structured-tokens.ts';

type Next = () => Promise<unknown>;

export interface AnswerDeps {
  log: Log;
  pages: OidcPages;
  relyingParties: RelyingPartyStore;
}

/** What we do to the library's answers before they are written. */
export function shapeAnswers(provider: Provider, deps: AnswerDeps): void {
  const use = (middleware: (ctx: KoaContextWithOIDC, next: Next) => Promise<void>) =>
    provider.use((ctx, next) => middleware(ctx as KoaContextWithOIDC, next));
  // The first is the outermost: it sees what the others made of the answer.
  use((ctx, next) => keepOrUndo(deps, ctx, next));
  use(dropUnsentCookies);
  use((ctx, next) => closeToStrangers(deps, ctx, next));
  use((ctx, next) => showOwnPagesOnly(deps, ctx, next));
  use(leaveWithoutSession);
  use(describeTruly);
  use(serveStructuredTokens(provider));
}

/**
 * One transaction for all that a request does, committed before its answer is written: also when the answer is
 * an OAuth error, or else the revocation that follows a reuse would be undone. Undone when something broke.
 */
async function keepOrUndo(deps: AnswerDeps, ctx: KoaContextWithOIDC, next: Next): Promise<void> {
  const request = currentRequest();
  try {
    await next();
    await commit(request, ctx);
  } catch (error) {
    await request.transaction.rollback().catch(() => undefined);
    deps.log.error({ err: error, requestId: request.id }, 'an OpenID Connect request broke');
    await answerBroken(deps, ctx, error as Error);
  }
}

async function commit(request: OidcRequest, ctx: KoaContextWithOIDC): Promise<void> {
  if (request.failure !== undefined) throw request.failure;
  if (ctx.status >= 500) return request.transaction.rollback();
  for (const write of request.deferred) await write(await request.transaction.begin());
  await request.transaction.commit();
}

async function answerBroken({ pages }: AnswerDeps, ctx: KoaContextWithOIDC, error: Error): Promise<void> {
  const isForNow = error instanceof DatabaseUnavailable;
  // The code that RFC 6749 has for it is of redirects; nothing is redirected here, nor can a token be had.
  const out = isForNow
    ? { error: 'temporarily_unavailable', error_description: 'the server cannot answer at the moment' }
    : { error: 'server_error', error_description: 'something went wrong on our side' };
  ctx.res.removeHeader('location');
  ctx.res.removeHeader('set-cookie');
  ctx.status = isForNow ? 503 : 500;
  if (isForNow) ctx.set('retry-after', String(DATABASE_RETRY_SECONDS));
  if (ctx.accepts('json', 'html') === 'html') return pages.renderError(ctx, out, error);
  ctx.type = 'application/json; charset=utf-8';
  ctx.body = JSON.stringify(out);
}

/** The gate alone sets its cookie; what the library makes of it stays here. */
async function dropUnsentCookies(ctx: KoaContextWithOIDC, next: Next): Promise<void> {
  try {
    await next();
  } finally {
    const cookies = [ctx.res.getHeader('set-cookie') ?? []].flat().map(String);
    const kept = cookies.filter((cookie) => !UNSENT_COOKIES.includes(nameOfCookie(cookie)));
    if (kept.length > 0) ctx.res.setHeader('set-cookie', kept);
    else ctx.res.removeHeader('set-cookie');
  }
}

/** The library signs some cookies, in another one beside each. */
const nameOfCookie = (cookie: string): string => cookie.replace(/(\.sig)?=.*$/s, '');

const OPEN_ROUTES = /^(cors\.)?(discovery|jwks)$/;

/** The library lets any origin ask before it knows the client; we name only origins of public clients. */
async function closeToStrangers(
  { relyingParties }: AnswerDeps,
  ctx: KoaContextWithOIDC,
  next: Next,
): Promise<void> {
  await next();
  if (!ctx.response.get('access-control-allow-origin') || OPEN_ROUTES.test(String(ctx._matchedRouteName)))
    return;
  const origin = ctx.get('origin');
  const isKnown =
    origin !== '' && (await relyingParties.isCorsOrigin(await currentRequest().transaction.begin(), origin));
  if (!isKnown) ctx.response.remove('access-control-allow-origin');
}

/** The library has pages of its own, with script, for response modes that no client of ours may use. */
async function showOwnPagesOnly({ pages }: AnswerDeps, ctx: KoaContextWithOIDC, next: Next): Promise<void> {
  await next();
  const isRedirect = ctx.status >= 300 && ctx.status < 400;
  if (isRedirect || ctx.response.is('html') !== 'html' || isOwnPage(ctx)) return;
  const error = new errors.UnsupportedResponseMode();
  ctx.status = 400;
  await pages.renderError(
    ctx,
    { error: error.error, error_description: 'the answer can only be a query: response_mode=query' },
    error,
  );
}

/** Nobody is signed in: there is nothing to ask, the browser goes straight back. */
async function leaveWithoutSession(ctx: KoaContextWithOIDC, next: Next): Promise<void> {
  await next();
  if (ctx._matchedRouteName !== 'end_session' || ctx.status !== 200 || currentRequest().session) return;
  const { post_logout_redirect_uri: returnUri, state } = ctx.oidc.params ?? {};
  ctx.status = 303;
  ctx.redirect(typeof returnUri === 'string' ? returnAddress(returnUri, state) : '/signed-out');
}

/**
 * Seconds. Nodes learn within half a minute that a signing key is compromised; three minutes later nobody who
 * keeps the key set this long believes it any more.
 */
const KEEP = { discovery: 300, jwks: 180 } as const;

/** The library announces modes that no client of ours may use; what it announces may be kept for a while. */
async function describeTruly(ctx: KoaContextWithOIDC, next: Next): Promise<void> {
  await next();
  const route: unknown = ctx._matchedRouteName;
  if (ctx.status !== 200 || (route !== 'discovery' && route !== 'jwks')) return;
  ctx.set('cache-control', `public, max-age=${KEEP[route]}`);
  if (route === 'discovery') Object.assign(ctx.body as object, { response_modes_supported: ['query'] });
}
