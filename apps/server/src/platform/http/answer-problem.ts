import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { DatabaseUnavailable } from '../database/database-unavailable.ts';
import type { HttpWatch } from '../metrics/http-metrics.ts';
import {
  badInput,
  bodyTooLarge,
  internalError,
  mediaTypeNotAccepted,
  notReady,
  requestRefused,
} from './http.problems.ts';
import { Problem } from './problems.ts';

/** A problem as a page, for routes that people come to with a browser. */
export type ProblemPage = (request: FastifyRequest, problem: Problem) => { language: string; html: string };

declare module 'fastify' {
  interface FastifyContextConfig {
    problemPage?: ProblemPage;
  }
}

/** The media type of RFC 9457 §3. */
export const PROBLEM_JSON = 'application/problem+json';

function problemDocument(problem: Problem, issuer: string, requestId: string): object {
  const { slug, status, title, extension } = problem;
  return { ...extension, type: `${issuer}/problems/${slug}`, title, status, requestId };
}

/** Answers with a problem and its headers. */
export function answerProblem(reply: FastifyReply, problem: Problem, issuer: string): FastifyReply {
  return (
    reply
      .code(problem.status)
      // Fastify closes connections whose bodies are too large before the answer is read; see `cutOffUnread`.
      .removeHeader('connection')
      .headers(problem.headers)
      .type(PROBLEM_JSON)
      .serializer((document: object) => JSON.stringify(document))
      .send(problemDocument(problem, issuer, reply.request.id))
  );
}

/** Whoever navigates asks for pages by name (RFC 9110 §12.5.1); programs take anything, or JSON. */
const isBrowser = ({ headers }: FastifyRequest): boolean => headers.accept?.includes('text/html') ?? false;

function answerPage(reply: FastifyReply, problem: Problem, page: ReturnType<ProblemPage>): FastifyReply {
  return reply
    .code(problem.status)
    .removeHeader('connection')
    .headers(problem.headers)
    .header('content-language', page.language)
    .type('text/html; charset=utf-8')
    .send(page.html);
}

/** The one error handler: problems as they are, anything else logged and answered as a bare 500. */
export function errorHandler({ issuer, watch }: { issuer: string; watch?: HttpWatch }) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const problem = error instanceof Problem ? error : problemOf(error);
    if (problem.status >= 500 && !(error instanceof Problem)) request.log.error({ err: error }, problem.slug);
    watch?.problem(problem.slug);
    const page = request.routeOptions.config?.problemPage;
    return page && isBrowser(request)
      ? answerPage(reply, problem, page(request, problem))
      : answerProblem(reply, problem, issuer);
  };
}

/** After this whoever was turned away for the database may come again. */
export const DATABASE_RETRY_SECONDS = 5;

/** What Fastify itself refuses, in our words; a database that does not answer; all else is our fault. */
function problemOf(error: unknown): Problem {
  if (error instanceof DatabaseUnavailable)
    return notReady({ retryAfterSeconds: DATABASE_RETRY_SECONDS, reason: 'database' });
  const { code, statusCode } = (error instanceof Error ? error : {}) as Partial<FastifyError>;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return bodyTooLarge();
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_TYPE':
      return mediaTypeNotAccepted();
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return badInput({ fields: [{ path: '', rule: 'json' }] });
  }
  const isRefused = code?.startsWith('FST_') && statusCode !== undefined && statusCode < 500;
  return isRefused ? requestRefused() : internalError();
}
