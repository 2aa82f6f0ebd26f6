import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { claimsIn, location, walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';
import {
  ACCOUNTS_API,
  assertion,
  assertionParams,
  KEYS,
  newKey,
  post,
  SECURE_CLIENTS,
} from './secure-clients.fixture.ts';
import {
  call,
  outcome,
  push,
  pushed,
  redeemAs,
  requestOf,
  signInTo,
  userinfoAs,
} from './secure-flow.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation(1, { clients: SECURE_CLIENTS });
});
afterAll(() => at[Symbol.asyncDispose]());

const open = async (query: URLSearchParams, browser = new HttpBrowser(at.issuer)) =>
  outcome(await browser.request('GET', `/oidc/authorize?${query}`));

test('[OIDC-9] a client of high security pushes its requests, binds its tokens, and signs its assertions', async () => {
  const key = newKey('ES256');
  const { status, body } = await signInTo(at, 'bank', { key, par: true, resource: ACCOUNTS_API });
  expect([status, body.token_type]).toEqual([200, 'DPoP']);
  expect(claimsIn(body.access_token)).toMatchObject({
    aud: ACCOUNTS_API,
    cnf: { jkt: expect.stringMatching(/^[\w-]{43}$/) },
  });
  const asked = await call(at, '/oidc/introspect', 'accounts', { token: body.access_token });
  expect(asked.body).toMatchObject({
    active: true,
    token_type: 'DPoP',
    cnf: claimsIn(body.access_token).cnf,
  });
});

test('[OIDC-9] a request of it that comes by the browser is refused, and none of its pushed requests lasts ten minutes', async () => {
  expect(await open(requestOf('bank').query)).toBe('invalid_request');
  const answer = await push(at, 'bank', requestOf('bank'));
  expect(answer.body.expires_in).toBeLessThan(600);
  at.advance(answer.body.expires_in + 1);
  expect(await open(pushed('bank', requestOf('bank'), answer).query)).toBe('page invalid_request_uri');
});

test('[OIDC-9] its tokens are given for a proof of its key and for nothing less', async () => {
  const key = newKey('ES256');
  const { browser } = await at.signedIn(await at.account());
  const code = async (pushedWith?: typeof key) => {
    const request = requestOf('bank');
    const { to } = await walk(
      at,
      browser,
      pushed('bank', request, await push(at, 'bank', request, pushedWith)),
    );
    return { request, to };
  };
  const unproven = await code();
  expect((await redeemAs(at, 'bank', unproven.request, unproven.to)).body.error).toBe('invalid_grant');
  const bound = await code(key);
  const other = { key: newKey('ES256') } as never;
  expect((await redeemAs(at, 'bank', bound.request, bound.to, other)).body.error).toBe('invalid_grant');
  const used = await code(key);
  expect(used.to.searchParams.get('iss')).toBe(at.issuer);
  const first = await redeemAs(at, 'bank', used.request, used.to, { key } as never);
  expect(first.status).toBe(200);
  expect((await redeemAs(at, 'bank', used.request, used.to, { key } as never)).body.error).toBe(
    'invalid_grant',
  );
  // A token is no bearer's.
  expect((await userinfoAs(at, first.body.access_token)).status).toBe(401);
  // A code of another client.
  const stolen = await code(key);
  expect((await redeemAs(at, 'ledger', stolen.request, stolen.to, { key } as never)).body.error).toBe(
    'invalid_grant',
  );
  const late = await code(key);
  at.advance(61);
  expect((await redeemAs(at, 'bank', late.request, late.to, { key } as never)).body.error).toBe(
    'invalid_grant',
  );
});

test('[OIDC-9] it proves who it is by an assertion for the issuer, at every endpoint', async () => {
  const endpoints = ['/oidc/token', '/oidc/par', '/oidc/introspect', '/oidc/revoke'];
  for (const endpoint of endpoints) {
    const form = { ...Object.fromEntries(requestOf('bank').query), token: 'x', grant_type: 'refresh_token' };
    expect([endpoint, (await post(`${at.url}${endpoint}`, form)).body.error]).toEqual([
      endpoint,
      'invalid_client',
    ]);
    for (const aud of [`${at.issuer}${endpoint}`, [at.issuer]]) {
      const wrong = assertionParams(await assertion(KEYS.bank, 'bank', at.issuer, { aud }));
      expect((await post(`${at.url}${endpoint}`, { ...form, ...wrong })).status).toBe(401);
    }
  }
});

test('[OIDC-9] the answer comes by 303, names its issuer, and a refusal does too', async () => {
  const { browser } = await at.signedIn(await at.account());
  const request = requestOf('bank', { prompt: 'none' });
  const { query } = pushed('bank', request, await push(at, 'bank', request));
  const response = await browser.request('GET', `/oidc/authorize?${query}`);
  expect([response.status, location(response).searchParams.get('error')]).toEqual([303, 'consent_required']);
  expect(location(response).searchParams.get('iss')).toBe(at.issuer);
});

test('[OIDC-9] other clients are held to none of this', async () => {
  const { status, body } = await signInTo(at, 'ledger');
  expect([status, body.token_type]).toEqual([200, 'Bearer']);
});

test('[OIDC-1] PKCE may be left out by the one client for which it was waived, and a challenge still binds', async () => {
  const without = { code_challenge: undefined, code_challenge_method: undefined };
  for (const clientId of ['ledger', 'shop', 'portal', 'spa', 'bank'])
    expect(await open(requestOf(clientId, without).query)).toBe('invalid_request');
  const { browser } = await at.signedIn(await at.account());
  const bare = requestOf('legacy', without);
  const { to } = await walk(at, browser, bare);
  expect((await redeemAs(at, 'legacy', bare, to)).body.error).toBe('invalid_grant');
  const again = await walk(at, browser, bare);
  expect((await redeemAs(at, 'legacy', bare, again.to, { code_verifier: '' } as never)).status).toBe(200);
  const bound = requestOf('legacy');
  const { to: withChallenge } = await walk(at, browser, bound);
  expect(
    (await redeemAs(at, 'legacy', bound, withChallenge, { code_verifier: '' } as never)).body.error,
  ).toBe('invalid_grant');
});

test('assertions for the endpoint are taken from the one client for which that was waived', async () => {
  const ask = async (clientId: 'legacy' | 'ledger', aud: unknown) => {
    const jwt = await assertion(KEYS[clientId], clientId, at.issuer, { aud });
    return (await post(`${at.url}/oidc/introspect`, { token: 'x', ...assertionParams(jwt) })).status;
  };
  for (const aud of [`${at.issuer}/oidc/token`, [at.issuer, `${at.issuer}/oidc/token`], at.issuer])
    expect(await ask('legacy', aud)).toBe(200);
  for (const aud of ['https://evil.example', ['https://evil.example'], undefined])
    expect(await ask('legacy', aud)).toBe(401);
});
