import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWN, testApp } from './app.fixture.ts';
import type { App } from './app.ts';
import { COOKIES, clearCookie, readCookie, setCookie } from './cookies.ts';
import { setRenderedPolicy } from './security-headers.ts';

let app: App;
beforeAll(async () => {
  ({ app } = await testApp());
  app.get('/rendered', (_request, reply) => {
    const nonce = setRenderedPolicy(reply, ['https://portal.example.org']);
    return reply.type('text/html').send(nonce);
  });
  app.get('/out-of-hand', (_request, reply) => {
    reply.hijack();
    reply.raw.end('written by another library');
  });
  app.get('/cookies', (request, reply) => {
    setCookie(reply, COOKIES.session, 'new', 900);
    setCookie(reply, COOKIES.browser, 'kept until the browser closes');
    clearCookie(reply, COOKIES.recognised);
    return { session: readCookie(request, COOKIES.session) ?? null };
  });
});
afterAll(() => app.close());

const get = (url: string, headers = {}) => app.inject({ url, headers: { ...OWN, ...headers } });

test('[WEB-1] every answer has the security headers: pages, API, files, errors, other libraries', async () => {
  for (const url of [
    '/api/echo',
    '/api/broken',
    '/api/nothing',
    '/api/%zz',
    '/docs',
    '/problems',
    '/out-of-hand',
  ]) {
    const { headers } = await get(url);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    });
    const policy = String(headers['content-security-policy']);
    for (const directive of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(directive);
    }
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  }
});

test('[WEB-1] over plain http nothing is said of https', async () => {
  const { app: plain } = await testApp({ issuer: 'http://localhost:8080', acceptLoopback: true });
  const { headers } = await plain.inject({ url: '/api/echo', headers: { host: 'localhost:8080' } });
  expect(headers['strict-transport-security']).toBeUndefined();
  await plain.close();
});

test('[WEB-1] a rendered page has a nonce of its own and names where its form may end', async () => {
  const [one, two] = [await get('/rendered'), await get('/rendered')];
  expect(one.body).toMatch(/^[\w-]{22}$/);
  expect(one.body).not.toBe(two.body);
  const policy = String(one.headers['content-security-policy']);
  expect(policy).toContain(`script-src 'self' 'nonce-${one.body}'`);
  expect(policy).toContain("form-action 'self' https://portal.example.org;");
});

test('[WEB-1] only files named by their content are stored', async () => {
  const page = (await get('/docs')).body;
  const files = [...page.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map(([, path]) => path ?? '');
  expect(files).toHaveLength(3);
  for (const path of files) {
    expect((await get(path)).headers['cache-control']).toBe('public, max-age=31536000, immutable');
  }
  expect(page).not.toMatch(/<script>|<style|style=|https?:/);
});

test('[SES-1] cookies are bound to this host, secure, out of reach of scripts', async () => {
  const answer = await get('/cookies', { cookie: '__Host-sigillo-session=old; other=1' });
  expect(answer.json()).toEqual({ session: 'old' });
  const set = [answer.headers['set-cookie']].flat();
  expect(set[0]).toBe('__Host-sigillo-session=new; Max-Age=900; Path=/; HttpOnly; Secure; SameSite=Lax');
  expect(set[1]).toMatch(/^__Host-sigillo-browser=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  expect(set[2]).toMatch(/^__Host-sigillo-recognised=; .*Secure/);
  expect(set[2]).toContain('Expires=Thu, 01 Jan 1970');
});
