import type { BrowserContext, Request, Response } from 'playwright-core';

/** What a browser may keep for a while, since it is the same for everybody. */
const SHARED_FILES = /^\/(brand\.css|brand\/logo\.svg|static\/[\w-]+\.css|logos\/[\w-]+|api\/places)$/;
const HASHED_FILE = /^\/assets\/[\w.-]+-[\w-]{8}\.\w+$/;
/** A sent e-mail, shown in a frame of its own, brings its styles: mail programs take no others. */
const MAIL = /^\/dev\/outbox\/[\w-]+\/html$/;
/** Code or style inside a page: elements without an address, attributes, addresses that run. */
const INLINE =
  /<script(?![^>]*\ssrc=)|<style|\s(style|on[a-z]+)\s*=\s*["']|(href|src|action)\s*=\s*["']\s*javascript:/i;

/**
 * Watches what a browser loads [WEB-1]: breaches of a page's content security policy, requests to other
 * origins, code or style inside a page, files that are kept too long or not long enough.
 *
 * @param issuer the platform's own origin, whose caching is judged
 * @returns gives all faults so far, once every page is read
 */
export async function watchSafety(context: BrowserContext, issuer: string): Promise<() => Promise<string[]>> {
  const faults: string[] = [];
  const readings: Promise<void>[] = [];
  await context.exposeFunction('reportBreach', (breach: string) => faults.push(`policy: ${breach}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      const { reportBreach } = window as unknown as { reportBreach(breach: string): void };
      reportBreach(`${location.pathname} ${violatedDirective} ${blockedURI}`);
    });
  });
  context.on('request', (request) => faults.push(...foreignFaults(request, issuer)));
  context.on('response', (response) => {
    if (new URL(response.url()).origin === issuer) faults.push(...cacheFaults(response));
    if (response.request().resourceType() === 'document') readings.push(readPage(response, faults));
  });
  return async () => {
    await Promise.all(readings);
    return [...new Set(faults)];
  };
}

/** A page may lead elsewhere; whatever it loads comes from where it came from. The app asks its issuer, signed. */
function foreignFaults(request: Request, issuer: string): string[] {
  if (request.isNavigationRequest() || request.url().startsWith(`${issuer}/device/`)) return [];
  // A service worker asks on behalf of no page.
  const page = request.serviceWorker()?.url() ?? request.frame().url();
  const isOwn = new URL(request.url()).origin === new URL(page).origin;
  return isOwn || request.url().startsWith('data:') ? [] : [`${page} asked for ${request.url()}`];
}

function cacheFaults(response: Response): string[] {
  const { pathname } = new URL(response.url());
  const kept = response.headers()['cache-control'] ?? '(nothing)';
  if (response.status() >= 300 && response.status() < 400) return [];
  const wanted = pathname.startsWith('/assets/')
    ? HASHED_FILE.test(pathname) && /max-age=31536000, immutable/.test(kept)
    : SHARED_FILES.test(pathname) || kept === 'no-store';
  return wanted ? [] : [`${pathname} is kept: ${kept}`];
}

async function readPage(response: Response, faults: string[]): Promise<void> {
  // A page that was left at once has no body any more.
  const html = await response.text().catch(() => '');
  const { pathname } = new URL(response.url());
  const found = MAIL.test(pathname) ? undefined : INLINE.exec(html)?.[0];
  if (found) faults.push(`${pathname} has code or style inside: ${found}`);
}
