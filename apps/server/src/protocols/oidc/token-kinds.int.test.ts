import { createPrivateKey } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { signingKeyStore } from '../../stores/oidc/signing-key.store.ts';
import { claimsIn, walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';
import {
  ACCOUNTS_API,
  type Answer,
  assertionParams,
  type ClientKey,
  newKey,
  post,
  SECURE_CLIENTS,
  signed,
} from './secure-clients.fixture.ts';
import { call, OFFLINE, outcome, refreshAs, requestOf, signInTo, userinfoAs } from './secure-flow.fixture.ts';

let at: OidcInstallation;
let ours: ClientKey;
beforeAll(async () => {
  at = await oidcInstallation(2, { clients: SECURE_CLIENTS });
  ours = await ourKey();
});
afterAll(() => at[Symbol.asyncDispose]());

/** The very key that the installation signs with. */
async function ourKey(): Promise<ClientKey> {
  const { keys } = await signingKeyStore(at.database.db, at.keyring).load();
  const jwk = keys.find(({ jwk: { alg } }) => alg === 'ES256')?.jwk;
  if (!jwk) throw new Error('no key');
  const privateKey = createPrivateKey({ key: jwk as never, format: 'jwk' });
  return { alg: 'ES256', kid: jwk.kid, privateKey, publicJwk: {} };
}

const now = () => Math.floor(Date.now() / 1000);

const introspect = async (clientId: string, token: string, hint?: string): Promise<Answer> =>
  call(at, '/oidc/introspect', clientId, { token, ...(hint && { token_type_hint: hint }) });
const _revoke = (clientId: string, token: string) => call(at, '/oidc/revoke', clientId, { token });
const isActive = async (clientId: string, token: string) => (await introspect(clientId, token)).body.active;

test('a JWT that we did not write is worth nothing, whoever signed it', async () => {
  const { body } = await signInTo(at, 'shop', { resource: ACCOUNTS_API });
  const claims = claimsIn(body.access_token);
  const header = { typ: 'at+jwt' };
  const changed = body.access_token.replace(/.{3}$/, 'AAA');
  for (const jwt of [
    await signed(newKey('ES256', ours.kid), claims, header),
    await signed(ours, claims, header),
    changed,
  ])
    expect((await introspect('accounts', jwt)).body).toEqual({ active: false });
});

/** One of each kind, all of one sign-in. */
async function oneOfEach() {
  const { browser } = await at.signedIn(await at.account());
  const { body } = await signInTo(at, 'shop', { ...OFFLINE, browser });
  const jwt = (await signInTo(at, 'shop', { ...OFFLINE, browser, resource: ACCOUNTS_API })).body.access_token;
  const request = requestOf('shop', OFFLINE);
  const code = (await walk(at, browser, request)).to.searchParams.get('code') ?? '';
  const { sub } = claimsIn(body.id_token);
  const logout = await signed(
    ours,
    {
      iss: at.issuer,
      aud: 'shop',
      sub,
      iat: now(),
      exp: now() + 120,
      jti: 'logout',
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    },
    { typ: 'logout+jwt' },
  );
  return {
    opaque: body.access_token,
    jwt,
    id: body.id_token,
    refresh: body.refresh_token,
    code,
    logout,
    browser,
  };
}

/** Whether a sign-out with this hint is one that the client asked for, and ends with it. */
async function leadsBack(browser: HttpBrowser, id_token_hint: string): Promise<boolean> {
  const query = new URLSearchParams({
    id_token_hint,
    post_logout_redirect_uri: 'https://shop.example.org/signed-out',
  });
  const { headers } = await browser.request('GET', `/oidc/sign-out?${query}`);
  return `${headers.get('content-security-policy')} ${headers.get('location')}`.includes('shop.example.org');
}

test('[OIDC-7] no kind of token does what another is for', async () => {
  const { browser, ...all } = await oneOfEach();
  const others = (...but: (keyof typeof all)[]) =>
    Object.entries(all).filter(([kind]) => !but.includes(kind as keyof typeof all));

  for (const [kind, token] of others('opaque'))
    expect([kind, (await userinfoAs(at, token)).status]).toEqual([kind, 401]);
  for (const [kind, token] of others('opaque', 'jwt', 'refresh'))
    expect([kind, (await introspect('shop', token)).body]).toEqual([kind, { active: false }]);
  for (const [kind, token] of others('refresh'))
    expect([kind, (await refreshAs(at, 'shop', token)).body.error]).toEqual([kind, 'invalid_grant']);
  for (const [kind, code] of others('code')) {
    const answer = await call(at, '/oidc/token', 'shop', {
      grant_type: 'authorization_code',
      code,
      redirect_uri: 'https://shop.example.org/callback',
      code_verifier: requestOf('shop').verifier,
    });
    expect([kind, answer.body.error]).toEqual([kind, 'invalid_grant']);
  }
  for (const [kind, token] of Object.entries(all)) {
    const { status } = await post(`${at.url}/oidc/introspect`, { token: 'x', ...assertionParams(token) });
    expect([kind, status === 400 || status === 401]).toEqual([kind, true]);
  }
  for (const [kind, id_token_hint] of others('id')) {
    const { query } = requestOf('shop', { id_token_hint, prompt: 'none' });
    const asked = await outcome(await browser.request('GET', `/oidc/authorize?${query}`));
    expect([kind, asked]).toEqual([kind, 'invalid_request']);
    expect([kind, await leadsBack(browser, id_token_hint)]).toEqual([kind, false]);
  }
  for (const [kind, request_uri] of Object.entries(all)) {
    const query = new URLSearchParams({ client_id: 'shop', request_uri });
    const asked = await outcome(await browser.request('GET', `/oidc/authorize?${query}`));
    expect([kind, asked]).toEqual([kind, 'page request_uri_not_supported']);
  }
  // And each does what it is for.
  expect(await leadsBack(browser, all.id)).toBe(true);
  const { query } = requestOf('shop', { id_token_hint: all.id, prompt: 'none' });
  expect(await outcome(await browser.request('GET', `/oidc/authorize?${query}`))).toBe('code');
  expect((await userinfoAs(at, all.opaque)).status).toBe(200);
  expect(await isActive('accounts', all.jwt)).toBe(true);
  expect((await refreshAs(at, 'shop', all.refresh)).status).toBe(200);
});

test('[OIDC-7] a hint is believed by our signature alone, whatever its header offers', async () => {
  const { browser } = await at.signedIn(await at.account());
  const { body } = await signInTo(at, 'shop', { browser });
  const stranger = newKey('ES256');
  const claims = claimsIn(body.id_token);
  const elsewhere = 'https://evil.example/keys';
  const forged = [
    await signed(stranger, claims, { jwk: stranger.publicJwk }),
    await signed(stranger, claims, { jku: elsewhere, kid: ours.kid }),
    await signed(stranger, claims, { x5u: elsewhere, kid: ours.kid }),
    await signed(ours, { ...claims, aud: 'ledger' }),
    await signed(ours, { ...claims, iss: 'https://evil.example' }),
    await signed(newKey('ES256', ours.kid), claims),
  ];
  for (const id_token_hint of forged) {
    const { query } = requestOf('shop', { id_token_hint, prompt: 'none' });
    expect(await outcome(await browser.request('GET', `/oidc/authorize?${query}`))).toBe('invalid_request');
  }
});
