import type { BrowserContext } from 'playwright-core';

/** What a browser complained of. */
export interface Guard {
  /** A request that must be refused during this test: the status and the end of its path, or a pattern of it. */
  expectRefusal(status: number, path: string | RegExp): void;
  /** Requests whose address is like this may get no answer during this test: there is no network. */
  expectSilence(address: RegExp): void;
  /** @throws when something was wrong that nobody expected, or an expected refusal did not happen */
  check(): void;
}

/** The console repeats every refused request without saying why; the response itself is looked at. */
const REFUSED_REQUEST = /^Failed to load resource: the server responded with a status of/;
/** A page that was left behind takes its requests with it. */
const LEFT_BEHIND = 'net::ERR_ABORTED';

/** Watches all pages of a browser: errors in the console, uncaught ones, requests that failed or were refused. */
export function guardOn(context: BrowserContext): Guard {
  const faults: string[] = [];
  const silent: RegExp[] = [];
  const isSilent = (address: string) => silent.some((pattern) => pattern.test(address));
  const expected: { status: number; path: string | RegExp; seen: boolean }[] = [];

  context.on('console', (message) => {
    const isFault = message.type() === 'error' || message.type() === 'warning';
    if (!isFault || REFUSED_REQUEST.test(message.text()) || isSilent(message.location().url)) return;
    faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => faults.push(`uncaught: ${error.error().stack}`));
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    if (reason !== LEFT_BEHIND && !isSilent(request.url()))
      faults.push(`failed: ${request.method()} ${request.url()} ${reason}`);
  });
  context.on('response', (response) => {
    const status = response.status();
    if (status < 400) return;
    const { pathname } = new URL(response.url());
    const known = expected.find((one) => one.status === status && isAt(pathname, one.path));
    if (known) known.seen = true;
    else faults.push(`refused: ${response.request().method()} ${pathname} ${status}`);
  });

  return {
    expectSilence: (address) => void silent.push(address),
    expectRefusal: (status, path) => void expected.push({ status, path, seen: false }),
    check() {
      const missing = expected.filter(({ seen }) => !seen);
      const missed = missing.map(({ status, path }) => `never refused: ${path} ${status}`);
      if (faults.length + missed.length > 0) throw new Error([...faults, ...missed].join('\n'));
    },
  };
}

function isAt(pathname: string, path: string | RegExp): boolean {
  return typeof path === 'string' ? pathname.endsWith(path) : path.test(pathname);
}
