import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { claimsIn, walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';
import { ACCOUNTS_API, type Answer, PAYMENTS_API, post, SECURE_CLIENTS } from './secure-clients.fixture.ts';
import {
  call,
  OFFLINE,
  outcome,
  redeemAs,
  refreshAs,
  requestOf,
  signInTo,
  userinfoAs,
} from './secure-flow.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation(2, { clients: SECURE_CLIENTS });
});
afterAll(() => at[Symbol.asyncDispose]());

const introspect = async (clientId: string, token: string, hint?: string): Promise<Answer> =>
  call(at, '/oidc/introspect', clientId, { token, ...(hint && { token_type_hint: hint }) });
const revoke = (clientId: string, token: string) => call(at, '/oidc/revoke', clientId, { token });
const isActive = async (clientId: string, token: string) => (await introspect(clientId, token)).body.active;

test('[OIDC-7] an access token for an API may be a JWT: of its type, for that API, five minutes at most', async () => {
  const { body } = await signInTo(at, 'shop', { scope: 'openid email', resource: ACCOUNTS_API });
  expect([body.expires_in, body.token_type, body.scope]).toEqual([300, 'Bearer', 'openid email']);
  const jwks = createLocalJWKSet((await (await fetch(`${at.url}/oidc/jwks`)).json()) as never);
  const options = { issuer: at.issuer, audience: ACCOUNTS_API, typ: 'at+jwt', algorithms: ['ES256'] };
  const { payload, protectedHeader } = await jwtVerify(body.access_token, jwks, options);
  expect(Object.keys(protectedHeader).sort()).toEqual(['alg', 'kid', 'typ']);
  expect(payload).toEqual({
    iss: at.issuer,
    aud: ACCOUNTS_API,
    sub: claimsIn(body.id_token).sub,
    client_id: 'shop',
    scope: 'openid email',
    jti: expect.any(String),
    iat: expect.any(Number),
    exp: (payload.iat ?? 0) + 300,
    acr: 'urn:sigillo:level:1',
    amr: ['pwd'],
    auth_time: expect.any(Number),
  });
});

test('[OIDC-7] an access token lives ten minutes at most, and is opaque unless an API reads it', async () => {
  for (const resource of [undefined, PAYMENTS_API]) {
    const { body } = await signInTo(at, 'shop', { ...(resource && { resource }) });
    expect(body.expires_in).toBe(600);
    expect(body.access_token).toMatch(/^[\w-]{43}$/);
    expect(() => decodeProtectedHeader(body.access_token)).toThrow();
    const asking = resource ? 'payments' : 'shop';
    expect(await isActive(asking, body.access_token)).toBe(true);
    at.advance(601);
    expect(await isActive(asking, body.access_token)).toBe(false);
    expect((await userinfoAs(at, body.access_token)).status).toBe(401);
  }
});

test('[OIDC-7] a token is for one audience: the userinfo endpoint, or the API that was named', async () => {
  const plain = (await signInTo(at, 'shop')).body.access_token;
  const payments = (await signInTo(at, 'shop', { resource: PAYMENTS_API })).body.access_token;
  const accounts = (await signInTo(at, 'shop', { resource: ACCOUNTS_API })).body.access_token;
  expect((await userinfoAs(at, plain)).status).toBe(200);
  for (const token of [payments, accounts, String(claimsIn(accounts).jti)])
    expect((await userinfoAs(at, token)).status).toBe(401);
  const seen = [];
  for (const api of ['payments', 'accounts'])
    for (const token of [plain, payments, accounts]) seen.push(await isActive(api, token));
  expect(seen).toEqual([false, true, false, false, false, true]);
});

test('a client gets tokens for the APIs that it is registered for, one at a time, by their exact names', async () => {
  const refusedFor = async (clientId: string, resource: string) => {
    const { query } = requestOf(clientId, { resource });
    const response = await new HttpBrowser(at.issuer).request('GET', `/oidc/authorize?${query}`);
    return outcome(response);
  };
  for (const resource of [
    'https://other.example.org/',
    PAYMENTS_API.slice(0, -1),
    `${PAYMENTS_API}x`,
    'payments',
  ])
    expect(await refusedFor('shop', resource)).toBe('invalid_target');
  expect(await refusedFor('portal', PAYMENTS_API)).toBe('invalid_target');
  const { browser } = await at.signedIn(await at.account());
  const request = requestOf('shop', { resource: PAYMENTS_API });
  const { to } = await walk(at, browser, request);
  const other = await redeemAs(at, 'shop', request, to, { resource: ACCOUNTS_API } as never);
  expect(other.body.error).toBe('invalid_target');
});

test('who may ask what a token is worth: whom it was given to, and the API that it is for', async () => {
  const { body } = await signInTo(at, 'shop', { ...OFFLINE, resource: PAYMENTS_API });
  const own = (await introspect('shop', body.access_token)).body;
  expect(own).toMatchObject({
    active: true,
    client_id: 'shop',
    aud: PAYMENTS_API,
    token_type: 'Bearer',
    acr: 'urn:sigillo:level:1',
  });
  expect((await introspect('payments', body.access_token)).body).toEqual(own);
  expect(own.sub).toBe(claimsIn(body.id_token).sub);
  expect((await introspect('shop', body.refresh_token, 'refresh_token')).body.active).toBe(true);
  for (const [clientId, token] of [
    ['ledger', body.access_token],
    ['accounts', body.access_token],
    ['payments', body.refresh_token],
    ['ledger', body.refresh_token],
    ['shop', 'nothing'],
  ])
    expect((await introspect(clientId, token)).body).toEqual({ active: false });
  // Whoever cannot authenticate asks nothing, not even about its own.
  const spa = (await signInTo(at, 'spa')).body.access_token;
  expect((await introspect('spa', spa)).body).toEqual({ active: false });
  expect((await post(`${at.url}/oidc/introspect`, { token: spa })).status).toBe(400);
  expect((await fetch(`${at.url}/oidc/introspect?token=${spa}`)).status).toBe(405);
});

test('a JWT is asked about and taken back as an opaque token is, and dies with what it came from', async () => {
  const account = await at.account();
  const { browser } = await at.signedIn(account);
  const jwt = async () => (await signInTo(at, 'shop', { browser, resource: ACCOUNTS_API })).body.access_token;
  const [revoked, kept] = [await jwt(), await jwt()];
  expect((await introspect('accounts', kept)).body).toEqual({
    ...claimsIn(kept),
    active: true,
    token_type: 'Bearer',
  });
  for (const clientId of ['ledger', 'accounts']) {
    expect((await revoke(clientId, revoked)).status).toBe(200);
    expect(await isActive('accounts', revoked)).toBe(true);
  }
  expect((await revoke('shop', revoked)).status).toBe(200);
  expect([await isActive('accounts', revoked), await isActive('shop', revoked)]).toEqual([false, false]);
  expect(await isActive('accounts', kept)).toBe(true);
  const withdrawn = await browser.post('/api/account/consents/shop/revoke', {});
  expect(withdrawn.status).toBe(204);
  expect(await isActive('accounts', kept)).toBe(false);
  const brief = (await signInTo(at, 'shop', { resource: ACCOUNTS_API })).body.access_token;
  at.advance(301);
  expect(await isActive('accounts', brief)).toBe(false);
});

test('a refresh gives tokens for one of the APIs that were asked for, as the request says', async () => {
  const { body } = await signInTo(at, 'shop', { ...OFFLINE, resource: ACCOUNTS_API });
  const plain = (await refreshAs(at, 'shop', body.refresh_token)).body;
  expect((await userinfoAs(at, plain.access_token)).status).toBe(200);
  const api = (await refreshAs(at, 'shop', plain.refresh_token, { resource: ACCOUNTS_API } as never)).body;
  expect(claimsIn(api.access_token)).toMatchObject({ aud: ACCOUNTS_API, acr: 'urn:sigillo:level:1' });
  const other = await refreshAs(at, 'shop', api.refresh_token, { resource: PAYMENTS_API } as never);
  expect(other.body.error).toBe('invalid_target');
});
