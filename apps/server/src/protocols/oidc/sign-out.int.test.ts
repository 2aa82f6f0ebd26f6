import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { readAudit } from '../../platform/audit/audit.ts';
import { flow, location, redeem, refresh, type Tokens, userinfo, walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation(2);
});
afterAll(() => at[Symbol.asyncDispose]());

const RETURN = 'https://portal.example.org/signed-out';

async function signedIn(...clientIds: string[]) {
  const account = await at.account();
  const { browser, session } = await at.signedIn(account);
  const tokens: Tokens[] = [];
  for (const clientId of clientIds) {
    const request = flow(clientId, { scope: 'openid offline_access', prompt: 'consent' });
    tokens.push((await redeem(at.url, request, (await walk(at, browser, request)).to)).body);
  }
  return { account, browser, session, tokens };
}

const signOut = (browser: HttpBrowser, params: Record<string, string>) =>
  browser.request('GET', `/oidc/sign-out?${new URLSearchParams(params)}`);

/** Sends the form of the page, as a browser does. */
function choose(browser: HttpBrowser, page: string, choice: string): Promise<Response> {
  const ticket = /name="ticket" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
  return browser.request('POST', action, new URLSearchParams({ ticket, choice }).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    origin: 'null',
  });
}

test('[OIDC-8] the holder is asked, signs out everywhere, and is sent back with the state', async () => {
  const { account, browser, tokens } = await signedIn('portal', 'spa');
  const id_token_hint = tokens[0]?.id_token ?? '';
  const params = { id_token_hint, post_logout_redirect_uri: RETURN, state: 'a b', ui_locales: 'en' };
  const asked = await signOut(browser, params);
  const page = await asked.text();
  expect(asked.status).toBe(200);
  expect(page).toContain('Sign out of Portal and of Sigillo');
  expect(page).not.toContain('<script');
  expect(asked.headers.get('content-security-policy')).toContain(
    "form-action 'self' https://portal.example.org",
  );

  const response = await choose(browser, page, 'everywhere');
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toBe(`${RETURN}?state=a+b`);
  expect(browser.cookies.has('__Host-sigillo-session')).toBe(false);
  for (const { access_token, refresh_token } of tokens) {
    expect((await userinfo(at.nodes[1]?.url ?? '', access_token)).status).toBe(401);
    expect((await refresh(at.url, 'spa', refresh_token)).body.error).toBe('invalid_grant');
  }
  const events = await readAudit(at.db, at.keyring, account.id);
  expect(events.map(({ type }) => type)).toContain('signed-out');
});

test('who stays signed in takes the tokens from the one portal alone', async () => {
  const { browser, tokens } = await signedIn('portal', 'spa');
  const page = await (
    await signOut(browser, { client_id: 'portal', post_logout_redirect_uri: RETURN })
  ).text();
  const response = await choose(browser, page, 'stay');
  expect(response.headers.get('location')).toBe(RETURN);
  const [portal, spa] = tokens;
  expect((await userinfo(at.url, portal?.access_token ?? '')).status).toBe(401);
  expect((await refresh(at.url, 'portal', portal?.refresh_token)).body.error).toBe('invalid_grant');
  expect((await userinfo(at.url, spa?.access_token ?? '')).status).toBe(200);
  const silent = flow('portal', { prompt: 'none' });
  const again = location(await browser.request('GET', `/oidc/authorize?${silent.query}`));
  expect((await redeem(at.url, silent, again)).status).toBe(200);
});

test('without a portal the page asks about this installation alone', async () => {
  const { browser } = await signedIn();
  const page = await (await signOut(browser, { ui_locales: 'it' })).text();
  expect(page).toContain('<h1>Esci da Sigillo</h1>');
  expect((await choose(browser, page, 'stay')).headers.get('location')).toBe('/account');
  const again = await (await signOut(browser, {})).text();
  expect((await choose(browser, again, 'everywhere')).headers.get('location')).toBe('/signed-out');
});

test('[OIDC-8] addresses that are not registered, and hints that are not ours, lead to a page', async () => {
  const { browser, tokens } = await signedIn('portal');
  const id_token_hint = tokens[0]?.id_token ?? '';
  const [header, payload = '', signature] = id_token_hint.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const forged = (more: object) =>
    [header, Buffer.from(JSON.stringify({ ...claims, ...more })).toString('base64url'), signature].join('.');
  const bad: Record<string, string>[] = [
    { client_id: 'portal', post_logout_redirect_uri: 'https://evil.example/' },
    { client_id: 'portal', post_logout_redirect_uri: `${RETURN}/` },
    { client_id: 'nobody', post_logout_redirect_uri: RETURN },
    { client_id: 'spa', id_token_hint },
    { id_token_hint: forged({ sub: 'another' }), post_logout_redirect_uri: RETURN },
    { id_token_hint: forged({ aud: 'spa' }), post_logout_redirect_uri: RETURN },
    { id_token_hint: 'x', post_logout_redirect_uri: RETURN },
  ];
  for (const params of bad) {
    const response = await browser.request(
      'GET',
      `/oidc/sign-out?${new URLSearchParams(params)}`,
      undefined,
      {
        accept: 'text/html',
      },
    );
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    expect(response.headers.get('content-type')).toContain('text/html');
  }
  const unknown = await signOut(browser, { post_logout_redirect_uri: RETURN });
  expect(await unknown.text()).not.toContain('portal.example.org');
});

test('[WEB-2] a sign-out is not confirmed from elsewhere, by another session, too late or by a forged form', async () => {
  const [one, other] = [await signedIn(), await signedIn()];
  const page = await (await signOut(one.browser, {})).text();
  const foreign = await other.browser.request(
    'POST',
    '/oidc/sign-out/confirm',
    'ticket=x&choice=everywhere',
    {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    },
  );
  expect(foreign.status).toBe(403);
  expect((await choose(other.browser, page, 'everywhere')).status).toBe(303);
  expect((await choose(one.browser, page.replace(/value="(....)/, 'value="AAAA'), 'everywhere')).status).toBe(
    400,
  );
  expect((await choose(one.browser, page, 'perhaps')).status).toBe(400);
  for (const { session } of [one, other]) {
    const row = await at.db
      .selectFrom('session')
      .select('ended_at')
      .where('id', '=', session.id)
      .executeTakeFirst();
    expect(row?.ended_at).toBeNull();
  }
  at.advance(601);
  expect((await choose(one.browser, page, 'everywhere')).status).toBe(400);
});

test('who is not signed in goes straight back', async () => {
  const browser = new HttpBrowser(at.issuer);
  const params = { client_id: 'portal', post_logout_redirect_uri: RETURN, state: 's' };
  expect((await signOut(browser, params)).headers.get('location')).toBe(`${RETURN}?state=s`);
  expect((await signOut(browser, {})).headers.get('location')).toBe('/signed-out');
  expect([...browser.cookies.keys()]).toEqual(['__Host-sigillo-browser']);
});

test('a sign-out that a portal posts is answered for the session it could not bring along', async () => {
  const { browser } = await signedIn();
  const posted = await new HttpBrowser(at.issuer).request(
    'POST',
    '/oidc/sign-out',
    'client_id=portal&state=s',
    {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://portal.example.org',
      'sec-fetch-site': 'cross-site',
    },
  );
  expect(posted.headers.get('location')).toBe('/oidc/sign-out?client_id=portal&state=s');
  expect((await browser.request('GET', posted.headers.get('location') ?? '')).status).toBe(200);
});
