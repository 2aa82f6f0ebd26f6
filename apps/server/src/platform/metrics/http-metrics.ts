import type { FastifyReply, FastifyRequest } from 'fastify';
import { routeOf } from '../http/route-of.ts';
import type { Metrics } from './metrics.ts';

/** Told of every request that was answered. */
export interface HttpWatch {
  answered(request: FastifyRequest, reply: FastifyReply): void;
  /** @param slug the problem's type */
  problem(slug: string): void;
}

/** Registered routes and kinds of problems: more than there are. */
const MOST_ROUTES = 400;
const MOST_PROBLEMS = 200;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx'];
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Requests by route and the hundred of their status. */
export function httpMetrics(metrics: Metrics): HttpWatch {
  const observe = metrics.histogram(
    {
      name: 'sigillo_http_request_duration_seconds',
      help: 'From the head of a request to the end of its answer; event streams are left out.',
      labels: { method: METHODS, route: MOST_ROUTES, status: CLASSES },
    },
    SECONDS,
  );
  const count = metrics.counter({
    name: 'sigillo_problems_total',
    help: 'Requests that were answered with a problem document, by its type.',
    labels: { problem: MOST_PROBLEMS },
  });
  return {
    answered: (request, reply) => {
      if (isStream(reply)) return;
      const status = `${Math.floor(reply.statusCode / 100)}xx`;
      observe({ method: request.method, route: routeOf(request), status }, reply.elapsedTime / 1_000);
    },
    problem: (slug) => count({ problem: slug }),
  };
}

function isStream({ raw }: FastifyReply): boolean {
  const type = raw.getHeader('content-type');
  return typeof type === 'string' && type.startsWith('text/event-stream');
}
