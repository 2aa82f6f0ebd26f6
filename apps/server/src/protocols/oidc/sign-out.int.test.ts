import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
} from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { readAudit } from '../../platform/audit/audit.ts';
import { signingKeyStore } from '../../stores/oidc/signing-key.store.ts';
import { flow, location, redeem, refresh, type Tokens, userinfo, walk } from './client.fixture.ts';
import { replaceCompromised, rotateSigningKeys } from './key-commands.ts';
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

test.each([
  ['another address', { client_id: 'portal', post_logout_redirect_uri: 'https://evil.example/' }],
  ['a longer path', { client_id: 'portal', post_logout_redirect_uri: `${RETURN}/` }],
  ['a query', { client_id: 'portal', post_logout_redirect_uri: `${RETURN}?a=b` }],
  ['another case', { client_id: 'portal', post_logout_redirect_uri: RETURN.replace('signed', 'Signed') }],
  ['the address of another portal', { client_id: 'spa', post_logout_redirect_uri: RETURN }],
  ['an unknown portal', { client_id: 'nobody', post_logout_redirect_uri: RETURN }],
])('[OIDC-8] %s is no way back: a page says so', async (_, params) => {
  const { browser } = await signedIn();
  const query = new URLSearchParams(params);
  const headers = { accept: 'text/html' };
  const response = await browser.request('GET', `/oidc/sign-out?${query}`, undefined, headers);
  expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  expect(response.headers.get('content-type')).toContain('text/html');
});

test('[OIDC-8] nobody is sent to an address without saying who wants it', async () => {
  const { browser } = await signedIn();
  const page = await (await signOut(browser, { post_logout_redirect_uri: RETURN })).text();
  expect(page).not.toContain('portal.example.org');
  expect((await choose(browser, page, 'everywhere')).headers.get('location')).toBe('/signed-out');
});

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const byNobody = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

/** A token as our own code would sign it, of any header and claims. */
function signed(header: object, claims: object, key: KeyObject): string {
  const text = `${encoded(header)}.${encoded(claims)}`;
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}

type Parts = { token: string; header: Record<string, string>; claims: object; key: KeyObject };
const FORGED: Record<string, (parts: Parts) => string> = {
  'no token at all': () => 'x',
  'no JSON': () => 'eA.eA.eA',
  'another holder under the same signature': ({ token, claims }) =>
    token.replace(/\.[^.]+\./, `.${encoded({ ...claims, sub: 'another' })}.`),
  'another portal under the same signature': ({ token, claims }) =>
    token.replace(/\.[^.]+\./, `.${encoded({ ...claims, aud: 'spa' })}.`),
  'no signature': ({ token }) => token.replace(/[^.]+$/, ''),
  'alg none': ({ claims, header }) => `${encoded({ ...header, alg: 'none' })}.${encoded(claims)}.`,
  'our public key as a secret': ({ claims, header, key }) => {
    const text = `${encoded({ ...header, alg: 'HS256' })}.${encoded(claims)}`;
    const secret = createPublicKey(key).export({ format: 'pem', type: 'spki' });
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  },
  'another key under the name of ours': ({ claims, header }) => signed(header, claims, byNobody),
  'another key that it brings along': ({ claims, header }) =>
    signed({ alg: header.alg, jwk: createPublicKey(byNobody).export({ format: 'jwk' }) }, claims, byNobody),
  'another issuer': ({ claims, header, key }) =>
    signed(header, { ...claims, iss: 'https://evil.example' }, key),
  'no issuer': ({ claims, header, key }) => signed(header, { ...claims, iss: undefined }, key),
  'an audience that is nobody': ({ claims, header, key }) =>
    signed(header, { ...claims, aud: 'nobody' }, key),
  'no audience': ({ claims, header, key }) => signed(header, { ...claims, aud: undefined }, key),
  'two audiences': ({ claims, header, key }) =>
    signed(header, { ...claims, aud: ['portal', 'https://evil.example'] }, key),
  'no subject': ({ claims, header, key }) => signed(header, { ...claims, sub: undefined }, key),
  'a logout token': ({ claims, header, key }) => signed({ ...header, typ: 'logout+jwt' }, claims, key),
  'an access token': ({ claims, header, key }) => signed({ ...header, typ: 'at+jwt' }, claims, key),
};

test('[OIDC-8] hints that are not wholly ours say nothing: the holder is asked, and sent nowhere else', async () => {
  const { browser, tokens } = await signedIn('portal');
  const token = tokens[0]?.id_token ?? '';
  const [header = {}, claims = {}] = token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
  const { keys } = await signingKeyStore(at.db, at.keyring).load();
  const jwk = keys.find(({ kid }) => kid === header.kid)?.jwk;
  const key = createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' });
  const way = { post_logout_redirect_uri: RETURN, state: 's', ui_locales: 'en' };
  // What the table changes is signed as ours is.
  const same = await (await signOut(browser, { ...way, id_token_hint: signed(header, claims, key) })).text();
  expect(same).toContain('Sign out of Portal and of Sigillo');

  const hints = Object.entries(FORGED).map(([name, forge]) => [name, forge({ token, header, claims, key })]);
  for (const [name, id_token_hint = ''] of hints) {
    for (const more of [{}, { client_id: 'portal' }]) {
      const response = await signOut(browser, { ...way, ...more, id_token_hint });
      const page = await response.text();
      expect([response.status, page.includes('Sign out of Sigillo')], name).toEqual([200, true]);
      expect(page, name).not.toMatch(/Portal|portal\.example\.org/);
      expect((await choose(browser, page, 'stay')).headers.get('location'), name).toBe('/account');
    }
  }
  const other = await signOut(browser, { ...way, client_id: 'spa', id_token_hint: token });
  expect(await other.text()).not.toMatch(/Portal|portal\.example\.org/);
});

test('[OIDC-8] [CRY-2] a hint serves after it expired and after its key has signed for the last time, not when the key was compromised', async () => {
  const { account, tokens } = await signedIn('portal');
  const params = { id_token_hint: tokens[0]?.id_token ?? '', ui_locales: 'en' };
  const asked = async () => {
    const { browser } = await at.signedIn(account);
    return (await signOut(browser, params)).text();
  };
  const ports = {
    store: signingKeyStore(at.db, at.keyring),
    now: at.gate.clock.now,
    transaction: at.gate.transaction,
    audit: at.gate.audit,
  };
  const keepAll = () => Promise.all(at.nodes.map(({ oidc }) => oidc.keepKeys()));
  await keepAll();
  at.advance(2 * 24 * 3600);
  await rotateSigningKeys(ports);
  await keepAll();
  at.advance(31 * 24 * 3600);
  await keepAll();
  expect(await asked()).toContain('Sign out of Portal and of Sigillo');
  const { kid } = JSON.parse(Buffer.from(params.id_token_hint.split('.')[0] ?? '', 'base64url').toString());
  await replaceCompromised(ports, [kid]);
  await keepAll();
  expect(await asked()).toContain('<h1>Sign out of Sigillo</h1>');
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
