import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { presenterOf, sessionOf } from '../../gate/http/presenter.ts';
import type { Gate } from '../../gate/ports.ts';
import type { Db } from '../../platform/database/database.ts';
import type { App } from '../../platform/http/app.ts';
import { clientInfoOf } from '../../platform/http/client-info.ts';
import { COOKIES, readCookie, sendCookieNow } from '../../platform/http/cookies.ts';
import { bodyTooLarge } from '../../platform/http/http.problems.ts';
import type { Rule } from '../../platform/limits/counters.ts';
import type { Limits } from '../../platform/limits/limits.ts';
import { browserLanguage } from './pages/language.ts';
import type { Page } from './pages/layout.ts';
import { problemPage } from './pages/problem-page.ts';
import { ROUTES } from './provider-config.ts';
import { forRequest, newRequest, type OidcRequest } from './request-context.ts';

export interface MountDeps {
  db: Db;
  gate: Gate;
  limits: Limits;
  brand: Page['brand'];
}

/** For one network, a minute: an office behind one address, and the server of one portal. */
const AUTHORIZE_RATE: Rule = { count: 300, perSeconds: 60 };
const TOKEN_RATE: Rule = { count: 3000, perSeconds: 60 };

/** APIs ask about every token that they are shown. */
const INTROSPECT_RATE: Rule = { count: 12_000, perSeconds: 60 };

/** By scripts of public clients, whose browsers ask first. */
const CALLED_BY_SCRIPTS = [
  ROUTES.token,
  ROUTES.userinfo,
  ROUTES.pushed_authorization_request,
  ROUTES.revocation,
  ROUTES.jwks,
];

const LONGEST_BODY = 64 * 1024;
const SCHEMA = { schema: { hide: true } };

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/**
 * Lets the library answer its paths; every request passes the server's own checks first.
 *
 * @param library what answers a request that comes now
 */
export function mountOidc(app: App, library: () => Answer, deps: MountDeps): void {
  const handOver = handOverTo(library, deps);
  const byBrowser = browserHandler(deps, handOver);
  const byProgram = programHandler(handOver);
  const authorize = counted(deps, 'oidc-authorize', AUTHORIZE_RATE, byBrowser);
  const token = counted(deps, 'oidc-token', TOKEN_RATE, byProgram);
  const introspect = counted(deps, 'oidc-introspect', INTROSPECT_RATE, byProgram);
  const pages = { ...SCHEMA, config: { problemPage: problemPage(deps.brand) } };

  app.register(async (scope) => {
    // The library reads bodies itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));

    scope.get(ROUTES.authorization, pages, authorize);
    scope.get(`${ROUTES.authorization}/:uid`, pages, authorize);
    scope.get(ROUTES.end_session, pages, byBrowser);
    scope.post(ROUTES.token, SCHEMA, token);
    scope.get(ROUTES.userinfo, SCHEMA, byProgram);
    scope.post(ROUTES.userinfo, SCHEMA, byProgram);
    scope.post(ROUTES.revocation, SCHEMA, token);
    scope.post(ROUTES.pushed_authorization_request, SCHEMA, token);
    scope.post(ROUTES.introspection, SCHEMA, introspect);
    scope.get(ROUTES.jwks, SCHEMA, byProgram);
    scope.get('/.well-known/openid-configuration', SCHEMA, byProgram);
    for (const path of CALLED_BY_SCRIPTS) scope.options(path, SCHEMA, byProgram);
    scope.options('/.well-known/openid-configuration', SCHEMA, byProgram);
  });
}

type Caller = Pick<OidcRequest, 'presenter' | 'session'>;

function handOverTo(library: () => Answer, { db }: MountDeps) {
  return async (request: FastifyRequest, reply: FastifyReply, caller: Caller): Promise<FastifyReply> => {
    if (Number(request.headers['content-length'] ?? 0) > LONGEST_BODY) throw bodyTooLarge();
    reply.hijack();
    const oidcRequest = newRequest(db, { ...caller, id: request.id, language: browserLanguage(request) });
    await forRequest(oidcRequest, () => library()(request.raw, reply.raw));
    return reply;
  };
}

function counted({ limits }: MountDeps, name: string, rule: Rule, handler: Handler): Handler {
  return (request, reply) => {
    limits.take(`${name}/${clientInfoOf(request).network}`, rule);
    return handler(request, reply);
  };
}

type HandOver = ReturnType<typeof handOverTo>;

/** The holder's browser: known by its secret and by the gate's session. */
function browserHandler({ gate }: MountDeps, handOver: HandOver): Handler {
  return async (request, reply) => {
    const known = readCookie(request, COOKIES.browser);
    const presenter = presenterOf(request, reply);
    const secret = readCookie(request, COOKIES.browser);
    if (secret !== undefined && secret !== known) sendCookieNow(reply, COOKIES.browser, secret);
    return handOver(request, reply, { presenter, session: await sessionOf(gate, request) });
  };
}

/** A relying party's program: no cookie is read. */
function programHandler(handOver: HandOver): Handler {
  return async (request, reply) => {
    const presenter = { bindingHash: Buffer.alloc(0), client: clientInfoOf(request) };
    return handOver(request, reply, { presenter, session: undefined });
  };
}
