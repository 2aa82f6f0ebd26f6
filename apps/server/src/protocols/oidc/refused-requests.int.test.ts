import { get } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { flow, location, redeem, token, walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation();
});
afterAll(() => at[Symbol.asyncDispose]());

async function authorize(clientId: string, more: Record<string, string | undefined>): Promise<Response> {
  const { query } = flow(clientId, more);
  return new HttpBrowser(at.issuer).request('GET', `/oidc/authorize?${query}`);
}

/** The error that the client is told, with what every answer to it carries. */
async function errorTold(clientId: string, more: Record<string, string | undefined>): Promise<string | null> {
  const response = await authorize(clientId, more);
  expect(response.status).toBe(303);
  const { searchParams } = location(response);
  expect(searchParams.get('iss')).toBe(at.issuer);
  expect(searchParams.get('code')).toBeNull();
  return searchParams.get('error');
}

test.each(['token', 'id_token', 'id_token token', 'code id_token', 'code token', 'none'])(
  '[OIDC-1] response_type=%s is refused: there is only the code flow',
  async (response_type) => {
    const response = await authorize('portal', { response_type });
    expect(response.status).toBe(303);
    const { search, hash } = location(response);
    expect(`${search}${hash}`).toMatch(/[?#]error=(unsupported_response_type|invalid_request)&/);
    expect(`${search}${hash}`).not.toMatch(/access_token|id_token=|code=/);
  },
);

test('[OIDC-1] a request without PKCE is refused, of a client with a secret too', async () => {
  const without = { code_challenge: undefined, code_challenge_method: undefined };
  for (const clientId of ['portal', 'spa', 'strict'])
    expect(await errorTold(clientId, without)).toBe('invalid_request');
});

test('[OIDC-1] plain PKCE is refused, asked for or left to the default', async () => {
  expect(await errorTold('spa', { code_challenge_method: 'plain' })).toBe('invalid_request');
  expect(await errorTold('spa', { code_challenge_method: undefined })).toBe('invalid_request');
});

test('[OIDC-1] a code needs its own verifier', async () => {
  const account = await at.account();
  const { browser } = await at.signedIn(account);
  const request = flow('spa');
  const { to } = await walk(at, browser, request);
  for (const verifier of [flow('spa').verifier, ''])
    expect((await redeem(at.url, { ...request, verifier }, to)).body.error).toBe('invalid_grant');
  expect((await redeem(at.url, request, to)).status).toBe(200);
});

test.each([
  'password',
  'client_credentials',
  'implicit',
  'urn:ietf:params:oauth:grant-type:device_code',
  'x',
])('[OIDC-1] the grant type %s is refused', async (grant_type) => {
  const { status, body } = await token(at.url, 'portal', { grant_type, username: 'a', password: 'b' });
  expect([status, body.error]).toEqual([400, 'unsupported_grant_type']);
});

test('a client proves itself in the way it is registered with, or not at all', async () => {
  const account = await at.account();
  const { browser } = await at.signedIn(account);
  const request = flow('portal');
  const { to } = await walk(at, browser, request);
  const params = {
    grant_type: 'authorization_code',
    code: to.searchParams.get('code') ?? '',
    redirect_uri: 'https://portal.example.org/callback',
    code_verifier: request.verifier,
  };
  const wrong = `Basic ${Buffer.from('portal:wrong-secret-of-the-portal-that-is-long').toString('base64')}`;
  const refused = [
    await token(at.url, 'portal', params, { authorization: wrong }),
    await token(at.url, 'strict', params),
    await token(at.url, 'spa', params),
  ];
  expect(refused.map(({ status }) => status)).toEqual([401, 400, 400]);
  expect((await redeem(at.url, request, to)).status).toBe(200);
});

test('repeated parameters are refused, unknown ones ignored', async () => {
  const { query } = flow('portal');
  const browser = new HttpBrowser(at.issuer);
  const twice = await browser.request('GET', `/oidc/authorize?${query}&scope=openid`);
  expect(location(twice).searchParams.get('error')).toBe('invalid_request');
  const unknown = await browser.request('GET', `/oidc/authorize?${query}&sort=asc`);
  expect(location(unknown).pathname).toBe('/sign-in');
});

test('a scope that the client is not registered with is refused', async () => {
  expect(await errorTold('spa', { scope: 'openid phone' })).toBe('invalid_scope');
});

test('an answer other than a query is refused with a page of ours', async () => {
  const response = await authorize('portal', { response_mode: 'form_post' });
  expect(response.status).toBe(400);
  expect(await response.text()).not.toContain('<script');
});

test('bodies that are too long are refused', async () => {
  const { status } = await fetch(`${at.url}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'x'.repeat(70_000) }),
  });
  expect(status).toBe(413);
});

test('[WEB-4] a request for another host name is refused', async () => {
  for (const path of ['/.well-known/openid-configuration', '/oidc/authorize', '/oidc/jwks'])
    expect(await statusAt(path, 'evil.example')).toBe(421);
});

/** `fetch` does not let a program choose the Host header. */
function statusAt(path: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = get(`${at.url}${path}`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
  });
}
