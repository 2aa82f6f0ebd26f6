import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { flow, location, redeem, token, walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation();
});
afterAll(() => at[Symbol.asyncDispose]());

const visit = (query: URLSearchParams, headers: Record<string, string> = {}) =>
  new HttpBrowser(at.issuer).request('GET', `/oidc/authorize?${query}`, undefined, headers);

/** Nobody is sent anywhere; the page says what to do and runs nothing. */
async function expectPage(response: Response): Promise<string> {
  const page = await response.text();
  expect(response.status).toBe(400);
  expect(response.headers.get('location')).toBeNull();
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page).not.toContain('<script');
  return page;
}

const VARIANTS = [
  'http://portal.example.org/callback',
  'https://portal.example.org/callback/',
  'https://portal.example.org/callback/more',
  'https://portal.example.org/Callback',
  'https://portal.example.org/%63allback',
  'https://portal.example.org/x/../callback',
  'https://portal.example.org/callback?next=1',
  'https://portal.example.org/callback#part',
  'https://portal.example.org:443/callback',
  'https://portal.example.org:8443/callback',
  'https://PORTAL.example.org/callback',
  'https://www.portal.example.org/callback',
  'https://portal.example.org.evil.example/callback',
  'https://portal.example.org@evil.example/callback',
  'https://evil.example\\@portal.example.org/callback',
  'https://evil.example/?https://portal.example.org/callback',
  'https://portal.example.org/callback ',
  '//portal.example.org/callback',
  '/callback',
  'javascript:alert(1)',
  'https://strict.example.org/callback',
  'https://portal.example.org/signed-out',
];

test.each(VARIANTS)('[OIDC-2] the redirect URI %s is not the registered one', async (redirect_uri) => {
  await expectPage(await visit(flow('portal', { redirect_uri }).query));
});

test('[OIDC-2] a redirect URI has to be named, and named once', async () => {
  await expectPage(await visit(flow('portal', { redirect_uri: undefined }).query));
  const { query } = flow('portal');
  query.append('redirect_uri', 'https://evil.example/');
  await expectPage(await visit(query));
});

test('[OIDC-2] errors of other kinds do not redirect to an unregistered address either', async () => {
  const redirect_uri = 'https://evil.example/';
  for (const wrong of [
    { response_type: 'token' },
    { code_challenge: undefined },
    { scope: 'nothing' },
    { prompt: 'none' },
  ])
    await expectPage(await visit(flow('portal', { ...wrong, redirect_uri }).query));
});

test('[OIDC-2] an unknown or disabled client gets a page, with the request number small at the bottom', async () => {
  const { db, relyingParties, gate } = at;
  await expectPage(await visit(flow('nobody', { redirect_uri: 'https://evil.example/' }).query));
  await db.transaction().execute((tx) => relyingParties.disable(tx, 'strict', gate.clock.now()));
  const response = await visit(flow('strict').query);
  const page = await expectPage(response);
  expect(page).toContain(`<code>${response.headers.get('x-request-id')}</code>`);
});

test('[OIDC-2] the page names the way back to the portal, in the language that is asked for', async () => {
  const wrong = { redirect_uri: 'https://evil.example/<script>' };
  const english = await expectPage(
    await visit(flow('portal', { ...wrong, ui_locales: 'fr en-GB it' }).query),
  );
  expect(english).toContain('href="https://portal.example.org/"');
  expect(english).toContain('Back to Portal');
  const italian = await expectPage(await visit(flow('portal', wrong).query, { 'accept-language': 'it-IT' }));
  expect(italian).toContain('Torna a Portale');
  expect(italian).toContain('<html lang="it">');
});

test('[OIDC-2] a code is redeemed with the redirect URI it was sent to', async () => {
  const account = await at.account();
  const { browser } = await at.signedIn(account);
  const request = flow('spa');
  const { to } = await walk(at, browser, request);
  const params = {
    grant_type: 'authorization_code',
    code: to.searchParams.get('code') ?? '',
    code_verifier: request.verifier,
  };
  const other = await token(at.url, 'spa', { ...params, redirect_uri: 'https://spa.example.org/other?x=1' });
  expect(other.body.error).toBe('invalid_grant');
  expect((await token(at.url, 'spa', params)).body.error).toBe('invalid_request');
  expect((await redeem(at.url, request, to)).status).toBe(200);
});

test('[OIDC-2] a registered query is kept, and the answer added to it', async () => {
  const account = await at.account();
  const { browser } = await at.signedIn(account);
  const { to } = await walk(at, browser, flow('spa', { redirect_uri: 'https://spa.example.org/other?x=1' }));
  expect(to.searchParams.get('x')).toBe('1');
  expect(to.searchParams.get('code')).toBeTruthy();
});

test('[OIDC-2] an app on the computer chooses its port on the loopback address, and nothing else', async () => {
  const sentTo = async (redirect_uri: string) => visit(flow('desktop', { redirect_uri }).query);
  expect(location(await sentTo('http://127.0.0.1:51234/callback')).pathname).toBe('/sign-in');
  for (const other of [
    'http://localhost:51234/callback',
    'http://127.0.0.1:51234/other',
    'http://127.0.0.1.evil.example:51234/callback',
    'http://127.0.0.1:51234@evil.example/callback',
    'https://127.0.0.1:51234/callback',
  ])
    await expectPage(await sentTo(other));
});

test('[OIDC-2] every redirect is a 303', async () => {
  const account = await at.account();
  const { browser } = await at.signedIn(account);
  const anonymous = new HttpBrowser(at.issuer);
  const answers = [
    await anonymous.request('GET', `/oidc/authorize?${flow('portal').query}`),
    await anonymous.request('GET', `/oidc/authorize?${flow('portal', { prompt: 'none' }).query}`),
    await anonymous.request('POST', '/oidc/authorize', flow('portal').query.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://portal.example.org',
      'sec-fetch-site': 'cross-site',
    }),
    await browser.request('GET', `/oidc/authorize?${flow('portal').query}`),
    await anonymous.request('GET', '/oidc/sign-out'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303]);
});

test('[OIDC-2] a posted request goes on as a GET, with the same parameters', async () => {
  const { query } = flow('portal');
  const response = await new HttpBrowser(at.issuer).request('POST', '/oidc/authorize', query.toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });
  expect(location(response).pathname).toBe('/oidc/authorize');
  expect(location(response).searchParams.toString()).toBe(query.toString());
});

test('[OIDC-2] no script of another origin may read the authorization endpoint', async () => {
  const headers = { origin: 'https://spa.example.org', 'access-control-request-method': 'GET' };
  const read = await visit(flow('spa').query, headers);
  const asked = await new HttpBrowser(at.issuer).request('OPTIONS', '/oidc/authorize', undefined, headers);
  for (const response of [read, asked])
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  expect(asked.status).toBe(405);
});
