import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiOperations, isWrite, pathOf } from '../setup/api-operations.ts';
import { HttpBrowser } from '../setup/http-browser.ts';
import { good } from '../setup/journeys.ts';
import { type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';

const ISSUER = 'https://id.example.org';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation(1, { SIGILLO_ISSUER: ISSUER });
});
afterAll(() => on[Symbol.asyncDispose]());

/** A browser that reached us through the reverse proxy that ends its TLS. */
const browser = () => new HttpBrowser(ISSUER, on.server.url);

interface Seen {
  path: string;
  status: number;
  headers: Headers;
  body: string;
}

async function visit(path: string): Promise<Seen> {
  const answer = await browser().request('GET', path);
  return { path, status: answer.status, headers: answer.headers, body: await answer.text() };
}

/** Paths that pages and documents point to, on our own origin. */
function linksIn({ headers, body }: Seen): string[] {
  const type = headers.get('content-type') ?? '';
  const links = type.includes('html')
    ? [...body.matchAll(/(?:href|src|action)="([^"]+)"/g)].map((match) => match[1] ?? '')
    : [...body.matchAll(/"(https:\/\/id\.example\.org[^"]*)"/g)].map((match) => match[1] ?? '');
  const location = headers.get('location');
  return [...links, ...(location ? [location] : [])]
    .map((link) => new URL(link, ISSUER))
    .filter(({ origin }) => origin === ISSUER)
    .map(({ pathname, search }) => pathname + search);
}

const SEEDS = [
  '/',
  '/sign-in',
  '/account',
  '/no/such/page',
  '/api/no/such/operation',
  '/docs',
  '/problems',
  '/openapi.json',
  '/brand.css',
  '/dev',
  '/dev/outbox?to=nobody@example.org',
  '/.well-known/openid-configuration',
  '/oidc/authorize?client_id=nobody',
  '/%zz',
];

/** Everything that can be reached by reading: every operation of the API, every page, and what they point to. */
async function crawl(): Promise<Seen[]> {
  const operations = await apiOperations(on.server.url);
  const waiting = [...SEEDS, ...operations.filter((one) => !isWrite(one)).map((one) => pathOf(one, {}))];
  const seen = new Map<string, Seen>();
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(path)) continue;
    const page = await visit(path);
    seen.set(path, page);
    waiting.push(...linksIn(page));
  }
  return [...seen.values()];
}

const directive = (policy: string, name: string) =>
  policy
    .split(';')
    .map((one) => one.trim())
    .find((one) => one === name || one.startsWith(`${name} `));

test('[WEB-1] every answer carries the headers, and no page anything inline or of another origin', async () => {
  const pages = await crawl();
  expect(pages.length).toBeGreaterThan(30);
  for (const { path, headers, body } of pages) {
    const policy = headers.get('content-security-policy') ?? '';
    expect([path, directive(policy, 'default-src')]).toEqual([path, "default-src 'none'"]);
    expect([path, directive(policy, 'frame-ancestors')]).toEqual([path, "frame-ancestors 'none'"]);
    expect([path, /script-src[^;]*(unsafe|https?:|\*)/.test(policy)]).toEqual([path, false]);
    expect([path, Object.fromEntries(headers)]).toMatchObject([
      path,
      {
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
      },
    ]);
    if (headers.get('content-type')?.includes('html')) expectNothingInline(path, policy, body);
  }
});

/** Inline code needs the nonce of this very answer; attributes that hold code have none to show. */
function expectNothingInline(path: string, policy: string, html: string): void {
  expect([path, directive(policy, 'object-src'), directive(policy, 'base-uri')]).toEqual([
    path,
    "object-src 'none'",
    "base-uri 'none'",
  ]);
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  const inline = [...html.matchAll(/<(script|style)\b([^>]*)>/g)].filter(
    ([, name, attributes = '']) =>
      !(name === 'script' && /\bsrc=/.test(attributes)) &&
      !(nonce !== undefined && attributes.includes(`nonce="${nonce}"`)),
  );
  expect([path, inline.map(([tag]) => tag)]).toEqual([path, []]);
  expect([path, /\s(on\w+|style)=["']|javascript:/i.test(html)]).toEqual([path, false]);
  const fetched = [...html.matchAll(/<(?:script|img|link|iframe)\b[^>]*(?:src|href)="([^"]+)"/g)];
  for (const [, url = ''] of fetched)
    expect([path, new URL(url, ISSUER).origin, url.startsWith('data:')]).toEqual([
      path,
      url.startsWith('data:') ? 'null' : ISSUER,
      url.startsWith('data:'),
    ]);
}

test('[WEB-1] nothing is kept by caches but files that are the same for everybody', async () => {
  const cacheable =
    /^\/(assets|static|docs|logos|brand|\.well-known|oidc\/jwks|api\/places)|^\/(brand\.css|favicon)/;
  for (const { path, headers } of await crawl())
    if (!cacheable.test(path)) expect([path, headers.get('cache-control')]).toEqual([path, 'no-store']);
});

/** Sends a request whose Host header no client of ours would send. */
function sendWithHost(path: string, headers: Record<string, string>, body?: object) {
  const { hostname, port } = new URL(on.server.url);
  const own = { origin: ISSUER, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = request(
      { hostname, port, path, method: body ? 'POST' : 'GET', headers: { ...own, ...headers } },
      (answer) => {
        let text = '';
        answer.on('data', (chunk) => (text += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      },
    );
    sent.on('error', reject);
    sent.end(body && JSON.stringify(body));
  });
}

test('[WEB-4] a request for another host is refused, page or API, read or write', async () => {
  const holder = await on.holder();
  const body = { identifier: holder.email };
  for (const host of [
    'evil.example',
    'id.example.org.evil.example',
    'id.example.org:444',
    'evil.example:443',
  ]) {
    for (const path of [
      '/',
      '/sign-in',
      '/api/session',
      '/openapi.json',
      '/.well-known/openid-configuration',
    ])
      expect([host, path, (await sendWithHost(path, { host })).status]).toEqual([host, path, 421]);
    expect((await sendWithHost('/api/password-resets', { host }, body)).status).toBe(421);
  }
  expect(await on.dev.outbox(holder.email)).toEqual([]);
});

test('[WEB-4] links are of the configured address, whatever the headers say', async () => {
  const holder = await on.holder();
  const poison = {
    host: 'id.example.org',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'http',
    'x-original-host': 'evil.example',
    forwarded: 'host=evil.example;proto=http',
  };
  const reset = await sendWithHost('/api/password-resets', poison, { identifier: holder.email });
  expect(reset.status).toBe(202);
  const { text, html } = await on.dev.newest(holder.email);
  expect(text).toContain(`${ISSUER}/reset-password#`);
  expect(`${text}${html}`).not.toMatch(/evil\.example|http:\/\/id/);
  for (const path of ['/api/no/such', '/.well-known/openid-configuration'])
    expect((await sendWithHost(path, poison)).text).not.toContain('evil.example');
  const wanted = { email: 'newcomer@example.org', password: 'correct horse battery staple', language: 'en' };
  expect((await sendWithHost('/api/registrations', poison, wanted)).status).toBe(202);
  expect((await on.dev.newest(wanted.email)).text).toContain(`${ISSUER}/register/confirm#`);
  good(await browser().get('/api/session'));
});
