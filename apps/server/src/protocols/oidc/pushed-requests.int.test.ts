import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { location, walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';
import { post, SECURE_CLIENTS } from './secure-clients.fixture.ts';
import { call, outcome, push, pushed, redeemAs, requestOf } from './secure-flow.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation(2, { clients: SECURE_CLIENTS });
});
afterAll(() => at[Symbol.asyncDispose]());

const open = async (query: URLSearchParams | string, browser = new HttpBrowser(at.issuer)) =>
  outcome(await browser.request('GET', `/oidc/authorize?${query}`));

test.each(['ledger', 'shop', 'spa', 'legacy'])(
  'a request that %s has pushed is the request',
  async (clientId) => {
    const { browser } = await at.signedIn(await at.account());
    const request = requestOf(clientId, { scope: 'openid email', claims: '{"id_token":{"email":null}}' });
    const answer = await push(at, clientId, request);
    expect([answer.status, answer.body.expires_in]).toEqual([201, 60]);
    expect(answer.body.request_uri).toMatch(/^urn:ietf:params:oauth:request_uri:[\w-]{20,}$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const going = pushed(clientId, request, answer);
    // What the browser could have changed on the way counts for nothing.
    going.query.set('scope', 'openid phone');
    going.query.set('redirect_uri', 'https://evil.example/');
    const { to } = await walk(at, browser, going);
    expect(to.origin + to.pathname).toBe(request.query.get('redirect_uri'));
    expect(to.searchParams.get('state')).toBe(request.state);
    const { status, body } = await redeemAs(at, clientId, request, to);
    expect([status, body.scope]).toEqual([200, 'openid email']);
  },
);

test('a pushed request is good for a minute, for its client, and used once', async () => {
  const { browser } = await at.signedIn(await at.account());
  const request = requestOf('ledger');
  const answer = await push(at, 'ledger', request);
  const { query } = pushed('ledger', request, answer);
  expect(await open(new URLSearchParams({ client_id: 'spa', request_uri: answer.body.request_uri }))).toBe(
    'page invalid_request_object',
  );
  await walk(at, browser, { ...request, query });
  expect(await open(query, browser)).toBe('page invalid_request_uri');
  const later = await push(at, 'ledger', request);
  at.advance(61);
  expect(await open(pushed('ledger', request, later).query, browser)).toBe('page invalid_request_uri');
});

test('[AVL-1] however many windows a pushed request is opened in, and however late they end, one gets a code', async () => {
  const account = await at.account();
  const request = requestOf('ledger');
  const { query } = pushed('ledger', request, await push(at, 'ledger', request));
  const windows = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const { browser } = await at.signedIn(account);
      const uid = location(await browser.request('GET', `/oidc/authorize?${query}`)).searchParams.get(
        'interaction',
      );
      return { browser, uid };
    }),
  );
  // Longer than the request itself is good for.
  at.advance(120);
  const ends = await Promise.all(
    windows.map(async ({ browser, uid }) => {
      const { body } = await browser.post<{ redirectTo: string }>('/api/consent', {
        interaction: uid,
        accept: true,
      });
      return outcome(await browser.request('GET', body.redirectTo));
    }),
  );
  expect(ends.filter((end) => end === 'code')).toHaveLength(1);
  expect(ends.filter((end) => end === 'invalid_request_uri')).toHaveLength(7);
});

const PUSHED_BADLY: [
  what: string,
  clientId: string,
  more: Record<string, string | undefined>,
  error: string,
][] = [
  ['another redirect URI', 'ledger', { redirect_uri: 'https://evil.example/' }, 'invalid_request'],
  ['no redirect URI', 'ledger', { redirect_uri: undefined }, 'invalid_request'],
  ['another response type', 'ledger', { response_type: 'token' }, 'invalid_request'],
  ['no PKCE', 'ledger', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
  ['plain PKCE', 'ledger', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['a scope it may not have', 'spa', { scope: 'openid phone' }, 'invalid_scope'],
  [
    'a request_uri',
    'ledger',
    { request_uri: 'urn:ietf:params:oauth:request_uri:x' },
    'request_uri_not_supported',
  ],
  ['a request object', 'ledger', { request: 'eyJhbGciOiJub25lIn0.e30.' }, 'request_not_supported'],
  ['claims that are no JSON', 'ledger', { claims: '{' }, 'invalid_request'],
];

test.each(PUSHED_BADLY)(
  'a request with %s is refused when it is pushed',
  async (_what, clientId, more, error) => {
    const { status, body } = await push(at, clientId, requestOf(clientId, more));
    expect([status, body.error, body.request_uri]).toEqual([400, error, undefined]);
  },
);

test('who pushes has to prove who it is', async () => {
  const form = Object.fromEntries(requestOf('ledger').query);
  const { status, body } = await post(`${at.url}/oidc/par`, form);
  expect([status, body.error]).toEqual([401, 'invalid_client']);
  expect((await call(at, '/oidc/par', 'shop', { ...form, client_secret: 'wrong' })).status).toBe(401);
  expect((await fetch(`${at.url}/oidc/par`)).status).toBe(405);
});

test('a request by reference is one that was pushed, and no address', async () => {
  for (const request_uri of [
    'https://ledger.example.org/request',
    'urn:ietf:params:oauth:request_uri:',
    'urn:x',
  ])
    expect(await open(new URLSearchParams({ client_id: 'ledger', request_uri }))).toMatch(/request_uri/);
});
