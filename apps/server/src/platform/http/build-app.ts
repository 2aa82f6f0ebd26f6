import cookie from '@fastify/cookie';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Clock } from '../clock/clock.ts';
import { withPatience } from '../database/patience.ts';
import { uuidv7 } from '../ids.ts';
import type { Log } from '../log/log.ts';
import type { HttpWatch } from '../metrics/http-metrics.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { addressSet } from './addresses.ts';
import { answerProblem, errorHandler } from './answer-problem.ts';
import type { App } from './app.ts';
import { askedBy } from './asker.ts';
import { API_BODY_BYTES, cutOffUnread, limitBody } from './body-limits.ts';
import { clientInfoOf } from './client-info.ts';
import { checkHost } from './host-check.ts';
import { badInput, mediaTypeNotAccepted, methodNotAllowed, notFound } from './http.problems.ts';
import { faultOfJson } from './json-text.ts';
import { isProgramPath, type KnownPaths, knownPaths } from './known-paths.ts';
import { describeApi } from './openapi/describe-api.ts';
import { docsRoutes } from './openapi/docs-page.ts';
import { problemRoutes } from './openapi/problem-pages.ts';
import { checkOrigin } from './origin-check.ts';
import type { Origins } from './origins.ts';
import { Problem } from './problems.ts';
import { requestIdOf } from './request-id.ts';
import { routeOf } from './route-of.ts';
import { securityHeaders } from './security-headers.ts';
import { answerUnreadable } from './unreadable-requests.ts';
import { zodValidator } from './validation.ts';

/** What the HTTP server has to be told. */
export interface AppOptions extends Origins {
  /** Addresses and networks whose X-Forwarded-For and X-Forwarded-Proto are believed. */
  trustedProxies: readonly string[];
  clock: Clock;
  log: Log;
  /** Answers GET of an unknown page; without one it is the problem `not-found`. */
  pageNotFound?: (request: FastifyRequest, reply: FastifyReply) => unknown;
  watch?: HttpWatch;
  tracing?: Tracing;
}

const HEADER_BYTES = 16 * 1024;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;
/** Node looks for requests that are late only so often. */
const LATE_CHECK_MS = 1_000;
/** What a request waits for the database in all: a node whose database is gone says so within five seconds. */
const DATABASE_PATIENCE_MS = 3_500;

/**
 * Builds the HTTP server: request ids, log, problems, the checks that every request passes, OpenAPI. Routes
 * are registered on what it returns; nothing listens yet.
 */
export async function buildApp(options: AppOptions): Promise<App> {
  const proxies = addressSet(options.trustedProxies);
  const app = Fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: (request) => requestIdOf(request, proxies) ?? uuidv7(options.clock.nowMs()),
    trustProxy: (address: string) => proxies.has(address),
    bodyLimit: API_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: {
      maxHeaderSize: HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: LATE_CHECK_MS,
    },
    // Whoever comes on a connection that is open while the server closes is answered like everybody before.
    return503OnClosing: false,
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => {
      setStandingHeaders(request, reply, options);
      errorHandler(options)(error, request, reply);
    },
  }).withTypeProvider<ZodTypeProvider>();

  app.setValidatorCompiler(zodValidator).setSerializerCompiler(serializerCompiler);
  app.removeContentTypeParser('text/plain');
  acceptJson(app);
  options.tracing?.followRequests(app, proxies);
  await app.register(cookie);
  addChecks(app, options);
  addFallbacks(app, options);
  await describeApi(app);
  docsRoutes(app);
  problemRoutes(app);
  return app;
}

function addChecks(app: App, options: AppOptions): void {
  app.addHook('onRoute', limitBody);
  app.addHook('onRequest', async (request, reply) => {
    setStandingHeaders(request, reply, options);
    cutOffUnread(request, reply);
    checkHost(request, options);
    checkOrigin(request, options);
    checkEncoding(request);
  });
  app.addHook('preHandler', (request, _reply, done) =>
    askedBy(request, () => withPatience(DATABASE_PATIENCE_MS, done)),
  );
  app.addHook('onResponse', async (request, reply) => {
    logRequest(request, reply);
    options.watch?.answered(request, reply);
  });
}

/** Set on the raw response, so that answers that leave Fastify's hands carry them too. */
function setStandingHeaders(request: FastifyRequest, reply: FastifyReply, options: AppOptions): void {
  const { issuer, clock } = options;
  const headers = {
    ...securityHeaders(issuer.startsWith('https:')),
    'x-request-id': request.id,
    // Pages count down by it. Node's own would not follow a clock that is moved in a test.
    date: clock.now().toUTCString(),
  };
  for (const [name, value] of Object.entries(headers)) reply.raw.setHeader(name, value);
}

const ASKED_ALL_THE_TIME = new Set(['/healthz', '/readyz', '/metrics']);

/** The route and never the path: a path, a query, a header or a body may hold what nobody should read. */
function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  const route = routeOf(request);
  const level = ASKED_ALL_THE_TIME.has(route) ? 'debug' : 'info';
  const { address } = clientInfoOf(request);
  const ms = Math.round(reply.elapsedTime);
  request.log[level]({ method: request.method, route, status: reply.statusCode, ms, address }, 'request');
}

/** Nothing is unpacked: what is small on the way may be of any size afterwards (RFC 9110 §15.5.16). */
function checkEncoding({ headers }: FastifyRequest): void {
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw mediaTypeNotAccepted();
}

/** A write that needs no body may still be declared as JSON, as many clients do. Keys of prototypes are refused. */
function acceptJson(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    const fault = faultOfJson(text);
    if (text === '') done(null, undefined);
    else if (fault) done(badInput({ fields: [{ path: '', rule: fault }] }));
    else parse(request, text, done);
  });
}

function addFallbacks(app: App, options: AppOptions): void {
  const paths: KnownPaths = knownPaths();
  app.addHook('onRoute', paths.add);
  app.setErrorHandler(errorHandler(options));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = paths.methodsOf(path);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (methods.length > 0 && !methods.includes(request.method)) {
      const problem = new Problem(methodNotAllowed, {}, { allow: methods.join(', ') });
      return answerProblem(reply, problem, options.issuer);
    }
    if (isRead && !isProgramPath(path) && options.pageNotFound) return options.pageNotFound(request, reply);
    return answerProblem(reply, notFound(), options.issuer);
  });
}
