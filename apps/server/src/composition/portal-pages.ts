import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../platform/http/app.ts';
import { CACHE_FOR_EVER, STATIC_POLICY } from '../platform/http/security-headers.ts';

/** Paths that the portal's own router knows; any other page of its is answered 404 with the same shell. */
const PAGES =
  /^\/(|sign-in|register(\/sent|\/confirm)?|forgot-password|reset-password|password-changed|cancel-change|consent|account(\/[a-z-]+)*|console(\/[\w-]+)*|selfcare(\/[a-z-]+)*|data-export|keep-account|everybody-out|verify-history|support|suspend|suspended|signed-out|accessibility|privacy|help)\/?$/;

const FOLDER = join(import.meta.dirname, '../../../portal/dist');

/** Whether the portal has been built. */
const isPortalBuilt = (folder = FOLDER): boolean => existsSync(join(folder, 'index.html'));

/**
 * Answers a page of the portal: one static shell without inline code, the same for everybody.
 *
 * @returns the handler for every path that no route knows
 */
export function portalPage(folder = FOLDER): (request: FastifyRequest, reply: FastifyReply) => FastifyReply {
  const shell = isPortalBuilt(folder) ? readFileSync(join(folder, 'index.html')) : undefined;
  return (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    if (!shell) return reply.code(503).type('text/plain').send('The portal is not built: npm run build\n');
    return reply
      .code(PAGES.test(path) ? 200 : 404)
      .header('content-security-policy', STATIC_POLICY)
      .type('text/html; charset=utf-8')
      .send(shell);
  };
}

/** The built files: hashed ones for ever, the style sheet of rendered pages under its fixed name for an hour. */
export async function portalAssets(app: App, folder = FOLDER): Promise<void> {
  if (!isPortalBuilt(folder)) return;
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    cacheControl: false,
    preCompressed: true,
    setHeaders: (reply) => reply.header('cache-control', CACHE_FOR_EVER),
  });
  if (!existsSync(join(folder, 'static'))) return;
  await app.register(fastifyStatic, {
    root: join(folder, 'static'),
    prefix: '/static/',
    decorateReply: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (reply) => reply.header('cache-control', 'public, max-age=3600'),
  });
}
