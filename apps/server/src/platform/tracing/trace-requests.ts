import type { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AddressSet } from '../http/addresses.ts';
import { fromProxy } from '../http/request-id.ts';
import { routeOf } from '../http/route-of.ts';

interface Ports {
  tracer: Tracer;
  current: AsyncLocalStorage<Context>;
  proxies: AddressSet;
}

/** One span a request, from its head to the end of its answer, with the route and never the path. */
export function traceRequests(app: Pick<FastifyInstance, 'addHook'>, ports: Ports): void {
  app.addHook('onRequest', (request, reply, done) => {
    ports.current.run(startSpan(request, reply, ports), done);
  });
}

function startSpan(request: FastifyRequest, reply: FastifyReply, { tracer, proxies }: Ports): Context {
  const parent = parentOf(request, proxies);
  const route = routeOf(request);
  const attributes = { 'http.request.method': request.method, 'http.route': route };
  const options = { kind: SpanKind.SERVER, attributes };
  const span = tracer.startSpan(`${request.method} ${route}`, options, parent);
  reply.raw.once('close', () => {
    span.setAttribute('http.response.status_code', reply.raw.statusCode);
    if (reply.raw.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  return trace.setSpan(parent, span);
}

/** W3C Trace Context §3.2. */
function parentOf(request: FastifyRequest, proxies: AddressSet): Context {
  const given = parseTraceParent(fromProxy(request.raw, 'traceparent', proxies) ?? '');
  return given ? trace.setSpanContext(ROOT_CONTEXT, { ...given, isRemote: true }) : ROOT_CONTEXT;
}
