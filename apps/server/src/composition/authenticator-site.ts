import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { Brand } from '@sigillo/ui/brand-css';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Config } from '../platform/config/config.ts';
import { closerOf } from '../platform/http/close-server.ts';
import { isOwnHost } from '../platform/http/origins.ts';
import { authenticatorPolicy, CACHE_FOR_EVER, securityHeaders } from '../platform/http/security-headers.ts';
import type { Log } from '../platform/log/log.ts';
import { inPlainWords, StartRefused } from '../platform/start-refused.ts';
import { brandFiles } from './brand.ts';

/** A running server of static files. */
export interface Site {
  close(): Promise<void>;
}

const FOLDER = join(import.meta.dirname, '../../../authenticator/dist');
/** Addresses that the app's own router knows; any other is answered 404 with the same page. */
const PAGES =
  /^\/(|scan|type|codes(\/[\w-]+)?|settings|export|import|about|link|pair|accounts(\/[\w-]+)?|unlock-code|biometric|sign-in(\/code)?|requests\/[\w-]+)\/?$/;
const HEADER_BYTES = 16 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Serves the authenticator app on its own port, where the settings ask for it. Nothing here knows an account or
 * keeps a state, so any number of nodes may do it, and any other server of static files with these headers too.
 *
 * @returns undefined when this node is not to serve it
 * @throws StartRefused when the port cannot be taken or the app is not built
 */
export async function startAuthenticatorSite(
  config: Config,
  log: Log,
  brand: Brand,
): Promise<Site | undefined> {
  const { port, origin } = config.authenticator;
  if (port === undefined || origin === undefined) return undefined;
  if (!existsSync(join(FOLDER, 'index.html')))
    throw new StartRefused('The authenticator app is not built: npm run build');
  const acceptLoopback = config.profile !== 'production';
  const { issuer } = config;
  const site = await buildAuthenticatorSite({ origin, issuer, acceptLoopback, brand });
  const close = closerOf(site);
  try {
    await site.listen({ host: config.host, port });
  } catch (error) {
    throw inPlainWords(error, {
      EADDRINUSE: `Port ${port} is taken by another program. End it, or choose another with SIGILLO_AUTHENTICATOR_PORT.`,
      EACCES: `Port ${port} may not be opened by this user. Choose one above 1023 with SIGILLO_AUTHENTICATOR_PORT.`,
    });
  }
  log.info({ origin }, 'the authenticator app is served');
  return { close };
}

interface SiteOptions {
  /** Where people open the app. */
  origin: string;
  /** The one other origin that the app may send requests to. */
  issuer: string;
  acceptLoopback: boolean;
  brand: Brand;
}

/** The site by itself; nothing listens yet. */
export async function buildAuthenticatorSite(
  options: SiteOptions,
  folder = FOLDER,
): Promise<FastifyInstance> {
  const { origin, issuer, acceptLoopback, brand } = options;
  const site = Fastify({
    logger: false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { maxHeaderSize: HEADER_BYTES },
  });
  const headers = {
    ...securityHeaders(origin.startsWith('https:')),
    'content-security-policy': authenticatorPolicy(issuer),
    'cross-origin-resource-policy': 'same-origin',
    // The camera reads QR codes; what else a page could ask a device for stays shut.
    'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
  };
  site.addHook('onRequest', async (request, reply) => {
    for (const [name, value] of Object.entries(headers)) reply.raw.setHeader(name, value);
    const isOurs = isOwnHost(request.headers.host, { issuer: origin, acceptLoopback });
    if (!isOurs) return reply.code(421).type('text/plain').send('Not served here\n');
  });
  await addFiles(site, folder);
  addBrand(site, brand);
  addInstallation(site, () => ({ issuer: new URL(issuer).origin, name: brand.name }));
  addPages(site, readFileSync(join(folder, 'index.html')));
  return site;
}

async function addFiles(site: FastifyInstance, folder: string): Promise<void> {
  await site.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    cacheControl: false,
    preCompressed: true,
    setHeaders: (reply) => reply.header('cache-control', CACHE_FOR_EVER),
  });
  await site.register(fastifyStatic, {
    root: join(folder, 'icons'),
    prefix: '/icons/',
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply) => reply.header('cache-control', 'public, max-age=86400'),
  });
  const worker = readFileSync(join(folder, 'service-worker.js'));
  // Asked for anew each time, so that a new version is noticed at the next start.
  site.get('/service-worker.js', (_, reply) =>
    reply.header('cache-control', 'no-cache').type('text/javascript; charset=utf-8').send(worker),
  );
}

/** Name, colours and logo of the installation, as the portals have them. */
function addBrand(site: FastifyInstance, brand: Brand): void {
  for (const { path, serve } of brandFiles(brand)) site.get(path, serve);
  site.get('/manifest.webmanifest', (_, reply) =>
    reply
      .header('cache-control', 'no-cache')
      .type('application/manifest+json')
      .send(JSON.stringify(manifestOf(brand))),
  );
}

/** Whom the app links accounts of. Asked for anew each time: an installation may change its name. */
function addInstallation(site: FastifyInstance, installation: () => { issuer: string; name: string }): void {
  site.get('/installation.json', (_, reply) =>
    reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').send(installation()),
  );
}

/** How the app looks among the others on a device (W3C Web Application Manifest). */
function manifestOf({ name, colours }: Brand): object {
  const icon = (file: string, sizes: string, purpose: string) => ({
    src: `/icons/${file}.png`,
    sizes,
    type: 'image/png',
    purpose,
  });
  return {
    id: '/',
    name,
    short_name: name,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: colours.light.onPrimary,
    theme_color: colours.light.header,
    icons: [
      icon('icon-192', '192x192', 'any'),
      icon('icon-512', '512x512', 'any'),
      icon('maskable-192', '192x192', 'maskable'),
      icon('maskable-512', '512x512', 'maskable'),
    ],
  };
}

function addPages(site: FastifyInstance, shell: Buffer): void {
  site.get('/healthz', (_, reply) => reply.send({ status: 'ok' }));
  site.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return reply.code(405).header('allow', 'GET, HEAD').type('text/plain').send('Only GET\n');
    const [path = '/'] = request.url.split('?', 1);
    return reply
      .code(PAGES.test(path) ? 200 : 404)
      .type('text/html; charset=utf-8')
      .send(shell);
  });
}
