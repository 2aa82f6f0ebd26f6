import swagger, { type SwaggerTransform, type SwaggerTransformObject } from '@fastify/swagger';
import type { FastifySchema, RouteOptions } from 'fastify';
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import packageJson from '../../../../package.json' with { type: 'json' };
import { PROBLEM_JSON } from '../answer-problem.ts';
import type { App } from '../app.ts';
import {
  badInput,
  bodyTooLarge,
  crossSiteRequest,
  internalError,
  mediaTypeNotAccepted,
} from '../http.problems.ts';
import type { ProblemKind } from '../problems.ts';

declare module 'fastify' {
  interface FastifySchema {
    /** What this operation may answer beside its responses; those of every operation are added by themselves. */
    problems?: readonly ProblemKind[];
  }
}

/** Every problem document has these members (RFC 9457 §3.1); some have more. */
const PROBLEM_SCHEMA = {
  type: 'object' as const,
  properties: {
    type: {
      type: 'string' as const,
      format: 'uri',
      description: 'Stable address of the kind of problem, readable in a browser',
    },
    title: { type: 'string' as const },
    status: { type: 'integer' as const },
    requestId: { type: 'string' as const, format: 'uuid', description: 'Finds the request in the log' },
  },
  required: ['type', 'title', 'status', 'requestId'],
  additionalProperties: true,
};

/** Makes the OpenAPI 3.1 document from the routes registered after this, and serves it at `/openapi.json`. */
export async function describeApi(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Sigillo', version: packageJson.version },
      servers: [{ url: '/' }],
      components: { schemas: { Problem: PROBLEM_SCHEMA } },
    },
    transform: describeOperation,
    transformObject: withSchemasSorted,
  });
  app.addHook('onRoute', requireDescription());
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}

/** The library names them in the order in which modules were loaded, which is not the same wherever the server runs. */
const withSchemasSorted: SwaggerTransformObject = (document) => {
  const made = jsonSchemaTransformObject(document);
  if (!('components' in made) || !made.components?.schemas) return made;
  const sorted = Object.entries(made.components.schemas).sort(([a], [b]) => (a < b ? -1 : 1));
  made.components.schemas = Object.fromEntries(sorted);
  return made;
};

/** Refuses, when the server starts, a route of the API that its document could not describe. */
function requireDescription(): (route: RouteOptions) => void {
  const operations = new Set<string>();
  return ({ url, method, schema }) => {
    if (!/^\/(api|device)\//.test(url) || method === 'HEAD' || schema?.hide) return;
    const { operationId, summary, tags = [], response } = schema ?? {};
    if (!operationId || !summary || tags.length === 0 || !response) {
      throw new Error(`${method} ${url} needs operationId, summary, tags and response in its schema`);
    }
    if (operations.has(operationId)) throw new Error(`The operationId ${operationId} is there twice`);
    operations.add(operationId);
  };
}

const toJsonSchema = createJsonSchemaTransform({});

/** Routes without an operationId are pages and files: the document leaves them out. */
const describeOperation: SwaggerTransform = (document) => {
  const { schema, url, route } = document;
  if (!schema?.operationId) return { schema: { hide: true }, url };
  const { problems = [], ...described } = schema;
  const all = [...problems, ...problemsOfEvery(schema, [route.method].flat())];
  const json = toJsonSchema({ ...document, schema: described });
  const response = { ...(json.schema.response as object), ...problemResponses(all) };
  return { url, schema: { ...json.schema, response } };
};

function problemsOfEvery(schema: FastifySchema, methods: readonly string[]): ProblemKind[] {
  const { body, params, querystring } = schema;
  return [
    ...(body || params || querystring ? [badInput] : []),
    ...(methods.includes('GET') ? [] : [crossSiteRequest]),
    ...(body ? [bodyTooLarge, mediaTypeNotAccepted] : []),
    internalError,
  ];
}

function problemResponses(kinds: readonly ProblemKind[]): Record<string, object> {
  const byStatus = Map.groupBy(kinds, (kind) => String(kind.status));
  const responses = [...byStatus].map(([status, alike]) => [
    status,
    {
      description: alike.map(({ type, title }) => `\`${type}\`: ${title}`).join('; '),
      content: { [PROBLEM_JSON]: { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ]);
  return Object.fromEntries(responses);
}
