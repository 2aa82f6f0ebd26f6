import { afterAll, beforeAll, expect, test } from 'vitest';
import { flow, redeem, token, userinfo, walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation();
});
afterAll(() => at[Symbol.asyncDispose]());

const ALLOWED = 'access-control-allow-origin';
const SPA = 'https://spa.example.org';

test('scripts of a public client may call the token and userinfo endpoints; nobody else’s may', async () => {
  const { browser } = await at.signedIn(await at.account());
  const request = flow('spa');
  const { to } = await walk(at, browser, request);
  const params = {
    grant_type: 'authorization_code',
    code: to.searchParams.get('code') ?? '',
    redirect_uri: request.query.get('redirect_uri') ?? '',
    code_verifier: request.verifier,
  };
  const stranger = await token(at.url, 'spa', params, { origin: 'https://evil.example' });
  expect([stranger.status, stranger.headers.get(ALLOWED)]).toEqual([400, null]);
  const own = await token(at.url, 'spa', params, { origin: SPA });
  expect([own.status, own.headers.get(ALLOWED)]).toEqual([200, SPA]);

  const ask = async (origin: string) => {
    const authorization = `Bearer ${own.body.access_token}`;
    const response = await fetch(`${at.url}/oidc/userinfo`, { headers: { authorization, origin } });
    return [response.status, response.headers.get(ALLOWED)];
  };
  expect(await ask(SPA)).toEqual([200, SPA]);
  expect(await ask('https://portal.example.org')).toEqual([400, null]);
});

test('the origin of a client with a secret is nobody’s script', async () => {
  const { browser } = await at.signedIn(await at.account());
  const request = flow('portal');
  const { to } = await walk(at, browser, request);
  const { body } = await redeem(at.url, request, to);
  const origin = 'https://portal.example.org';
  const response = await fetch(`${at.url}/oidc/userinfo`, {
    headers: { authorization: `Bearer ${body.access_token}`, origin },
  });
  expect(response.headers.get(ALLOWED)).toBeNull();
  const { status, headers } = await userinfo(at.url, body.access_token);
  expect([status, headers.get(ALLOWED)]).toEqual([200, null]);
});

test.each(['/oidc/token', '/oidc/userinfo', '/oidc/revoke'])(
  'a browser that asks first about %s is told the same',
  async (path) => {
    const ask = async (origin: string) => {
      const headers = { origin, 'access-control-request-method': 'POST' };
      const response = await fetch(`${at.url}${path}`, { method: 'OPTIONS', headers });
      return response.headers.get(ALLOWED);
    };
    expect(await ask(SPA)).toBe(SPA);
    for (const origin of ['https://evil.example', 'https://portal.example.org', 'null'])
      expect(await ask(origin)).toBeNull();
  },
);

test('keys and endpoints are for everybody to read', async () => {
  for (const path of ['/oidc/jwks', '/.well-known/openid-configuration']) {
    const response = await fetch(`${at.url}${path}`, { headers: { origin: 'https://any.example' } });
    expect(response.headers.get(ALLOWED)).toBe('https://any.example');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  }
});
