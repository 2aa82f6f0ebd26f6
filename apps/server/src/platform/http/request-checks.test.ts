import { afterAll, beforeAll, expect, test } from 'vitest';
import { ISSUER, OWN, testApp } from './app.fixture.ts';
import type { App } from './app.ts';
import { clientInfoOf } from './client-info.ts';
import { SELF_AUTHENTICATING } from './origin-check.ts';

let app: App;
let development: App;
beforeAll(async () => {
  ({ app } = await testApp({ trustedProxies: ['10.0.0.0/8', '2001:db8:f::/48'] }));
  app.get('/whoami', (request) => ({ ...clientInfoOf(request), protocol: request.protocol }));
  app.get('/healthz', () => 'ok');
  app.post('/oidc/token', { schema: { hide: true } }, () => 'token');
  ({ app: development } = await testApp({ issuer: 'http://localhost:8080', acceptLoopback: true }));
});
afterAll(() => Promise.all([app.close(), development.close()]));

const payload = { email: 'a@example.org', password: 'correct horse' };
const write = (headers: Record<string, string>, to = app) =>
  to.inject({ method: 'POST', url: '/api/echo', payload, headers }).then((answer) => answer.statusCode);
const host = 'id.example.org';

test.each<[string, Record<string, string>]>([
  ['its origin', { origin: ISSUER }],
  ['its origin and site', { origin: ISSUER, 'sec-fetch-site': 'same-origin' }],
  ['its site', { 'sec-fetch-site': 'same-origin' }],
  ['its site, from a form of a page without referrer', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
])('[WEB-2] a write that carries %s passes', async (_name, headers) => {
  expect(await write({ host, ...headers })).toBe(200);
});

test.each<[string, Record<string, string>]>([
  ['nothing', {}],
  ['another origin', { origin: 'https://evil.example' }],
  ['another scheme', { origin: 'http://id.example.org' }],
  ['another port', { origin: 'https://id.example.org:8443' }],
  ['a longer host', { origin: 'https://id.example.org.evil.example' }],
  ['a null origin', { origin: 'null' }],
  ['a null origin of another site', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ['our origin but another site', { origin: ISSUER, 'sec-fetch-site': 'cross-site' }],
  ['a sibling of ours', { 'sec-fetch-site': 'same-site' }],
  ['a typed address', { 'sec-fetch-site': 'none' }],
  [
    'another origin that claims our site',
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  ],
])('[WEB-2] a write that carries %s is refused', async (_name, headers) => {
  expect(await write({ host, ...headers })).toBe(403);
});

test('[WEB-2] endpoints that authenticate by themselves stand in one table, each with its reason', async () => {
  const answer = await app.inject({ method: 'POST', url: '/oidc/token?x=1', headers: { host } });
  expect(answer.statusCode).toBe(200);
  for (const [path, reason] of Object.entries(SELF_AUTHENTICATING)) {
    expect(path).toMatch(/^\/(oidc|device|callbacks|dev)\/(\*|[a-z/-]+)$/);
    expect(reason.length).toBeGreaterThan(20);
  }
});

test('[WEB-2] reading needs no origin', async () => {
  expect((await app.inject({ url: '/api/echo', headers: { host } })).statusCode).toBe(200);
});

test.each([
  'evil.example',
  'id.example.org.evil.example',
  'id.example.org:8443',
  'localhost',
  '192.0.2.1',
  '',
])('[WEB-4] a request for host "%s" is refused', async (poisoned) => {
  const headers = { ...OWN, host: poisoned };
  for (const url of ['/api/echo', '/docs', '/nothing', '/openapi.json']) {
    const answer = await app.inject({ url, headers });
    expect(answer.statusCode).toBe(421);
    expect(answer.body).not.toContain('evil');
  }
  expect(await write(headers)).toBe(421);
});

test('our own host passes in any case and with its default port', async () => {
  for (const own of ['ID.example.org', 'id.example.org:443']) {
    expect((await app.inject({ url: '/api/echo', headers: { host: own } })).statusCode).toBe(200);
  }
  expect((await app.inject({ url: '/api/echo', headers: { host: 'id.example.org:80' } })).statusCode).toBe(
    421,
  );
});

test('[WEB-4] links come from the configured issuer, whatever headers say', async () => {
  const headers = { host, 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' };
  const answer = await app.inject({ url: '/api/nothing', headers, remoteAddress: '10.0.0.1' });
  expect(answer.json().type).toBe(`${ISSUER}/problems/not-found`);
  expect(answer.body).not.toContain('evil');
});

test('a load balancer may ask for health by address, and for nothing else', async () => {
  expect((await app.inject({ url: '/healthz', headers: { host: '192.0.2.1:8080' } })).statusCode).toBe(200);
  expect((await app.inject({ url: '/healthz', headers: { host: 'evil.example' } })).statusCode).toBe(421);
});

test('in development a node answers on loopback whatever its port, and on no other name', async () => {
  for (const own of ['localhost:8080', 'localhost:9001', '127.0.0.1:9001', '[::1]:9001']) {
    expect(await write({ host: own, origin: `http://${own}` }, development)).toBe(200);
  }
  expect(await write({ host: 'localhost:9001', origin: 'http://127.0.0.1:8082' }, development)).toBe(403);
  expect(await write({ host: 'localhost.evil.example', 'sec-fetch-site': 'same-origin' }, development)).toBe(
    421,
  );
});

const whoami = async (remoteAddress: string, headers: Record<string, string>) =>
  (await app.inject({ url: '/whoami', remoteAddress, headers: { host, ...headers } })).json();

test('[WEB-4] forwarded headers of a client that is no listed proxy are ignored', async () => {
  const headers = { 'x-forwarded-for': '192.0.2.66', 'x-forwarded-proto': 'https' };
  expect(await whoami('198.51.100.7', headers)).toMatchObject({ address: '198.51.100.7', protocol: 'http' });
});

test('[WEB-4] behind listed proxies the client is the rightmost address that is not theirs', async () => {
  const seen = (forwarded: string) =>
    whoami('10.0.0.1', { 'x-forwarded-for': forwarded, 'x-forwarded-proto': 'https' });
  expect(await seen('192.0.2.1')).toMatchObject({ address: '192.0.2.1', protocol: 'https' });
  expect(await seen('203.0.113.9, 192.0.2.1')).toMatchObject({ address: '192.0.2.1' });
  expect(await seen('203.0.113.9, 192.0.2.1, 10.9.9.9')).toMatchObject({ address: '192.0.2.1' });
  expect(await seen('192.0.2.1:4711')).toMatchObject({ address: '192.0.2.1' });
  expect(await seen('2001:db8:1:2:3::4')).toMatchObject({ network: '2001:db8:1:2::/64' });
  expect(await seen('junk')).toMatchObject({ address: '10.0.0.1' });
  expect(await seen('203.0.113.9, junk')).toMatchObject({ address: '10.0.0.1' });
});
