/**
 * Lets the app start without a network, at once. It keeps the app's own files and nothing else: whatever is not
 * on one of the two lists below passes by untouched, answers of a server above all.
 */
import { watchPush } from './notices.ts';

declare const self: ServiceWorkerGlobalScope;
/** Every file of this build, under addresses whose content never changes, and the page itself at `/`. */
declare const __PRECACHE__: readonly string[];
/** Changes with any of these files. */
declare const __VERSION__: string;

const PREFIX = 'sigillo-static-';
const CACHE = `${PREFIX}${__VERSION__}`;
const FILES = new Set(__PRECACHE__);
/** What the installation may change without a new build: shown as it was, fetched anew for the next time. */
const BRAND = new Set(['/brand.css', '/brand/logo.svg']);

/** Whom the app belongs to: asked for anew, and as it was where there is no network. */
const INSTALLATION = '/installation.json';

self.addEventListener('install', (event) => event.waitUntil(fill()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
watchPush();
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (pathname === INSTALLATION) event.respondWith(fetchedThenStored(request));
  else if (BRAND.has(pathname)) event.respondWith(storedThenFetched(event));
  else if (FILES.has(pathname)) event.respondWith(stored(pathname, request));
  // The app has one page; its addresses are read by its router.
  else if (isPage(request, pathname)) event.respondWith(stored('/', request));
});

function isPage({ mode }: Request, pathname: string): boolean {
  return mode === 'navigate' && /^(\/[a-z0-9-]+)*\/?$/.test(pathname) && !pathname.startsWith('/device');
}

/** All files of the build or none: a version that is incomplete is not installed. */
async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  // Past the browser's own store, which may hold an older page.
  await cache.addAll([...FILES].map((path) => new Request(path, { cache: 'reload' })));
  // A brand may do without a logo.
  await Promise.allSettled([...BRAND, INSTALLATION].map((path) => cache.add(path)));
}

/** Serves open pages from now on, and drops the files of older versions. */
async function takeOver(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function stored(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}

async function storedThenFetched(event: FetchEvent): Promise<Response> {
  const cache = await caches.open(CACHE);
  const { pathname } = new URL(event.request.url);
  const fetched = fetch(event.request).then(async (response) => {
    if (response.ok) await cache.put(pathname, response.clone());
    return response;
  });
  const known = await cache.match(pathname);
  if (!known) return fetched;
  event.waitUntil(fetched.catch(() => undefined));
  return known;
}

async function fetchedThenStored(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(INSTALLATION, response.clone());
    return response;
  } catch (error) {
    const known = await cache.match(INSTALLATION);
    if (!known) throw error;
    return known;
  }
}
