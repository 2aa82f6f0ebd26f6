import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { flow, location, redeem, refresh, userinfo, walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation(2);
});
afterAll(() => at[Symbol.asyncDispose]());

const offline = { scope: 'openid email offline_access', prompt: 'consent' };

async function waitingAt(
  browser: HttpBrowser,
  clientId: string,
  more: Record<string, string> = {},
): Promise<URL> {
  const response = await browser.request('GET', `/oidc/authorize?${flow(clientId, more).query}`);
  return location(response);
}

const decide = (browser: HttpBrowser, interaction: string | null, accept: boolean) =>
  browser.post<{ redirectTo?: string; type?: string }>('/api/consent', { interaction, accept });

test('[OIDC-9] the holder is shown what a portal will learn, with the values', async () => {
  const account = await at.account({ phone: true });
  const { browser } = await at.signedIn(account);
  const waiting = await waitingAt(browser, 'portal', {
    scope: 'offline_access phone profile openid email',
    prompt: 'consent',
  });
  expect(waiting.pathname).toBe('/consent');
  const { status, body } = await browser.get(
    `/api/consent?interaction=${waiting.searchParams.get('interaction')}`,
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({
    relyingParty: {
      clientId: 'portal',
      name: { it: 'Portale', en: 'Portal' },
      homeUrl: 'https://portal.example.org/',
    },
    account: { email: account.email },
    scopes: [
      { name: 'openid', values: [] },
      { name: 'profile', values: [account.userId, 'en'] },
      { name: 'email', values: [account.email] },
      { name: 'phone', values: [account.phone] },
      { name: 'offline_access', values: [] },
    ],
  });
});

test('[OIDC-9] a consent is remembered for every session, and asked again for more or on demand', async () => {
  const account = await at.account();
  const asked = async (more: Record<string, string>) => {
    const { browser } = await at.signedIn(account);
    return (await walk(at, browser, flow('portal', more))).asked;
  };
  expect(await asked({ scope: 'openid email' })).toEqual(['/consent']);
  expect(await asked({ scope: 'openid email' })).toEqual([]);
  expect(await asked({ scope: 'openid' })).toEqual([]);
  expect(await asked({ scope: 'openid profile' })).toEqual(['/consent']);
  expect(await asked({ scope: 'openid email profile' })).toEqual([]);
  expect(await asked({ scope: 'openid', prompt: 'consent' })).toEqual(['/consent']);
});

test('a wider consent in one session serves its later requests, and leaves earlier tokens as narrow as they were', async () => {
  const account = await at.account();
  const { browser } = await at.signedIn(account);
  const narrow = flow('portal', { scope: 'openid email' });
  const first = (await redeem(at.url, narrow, (await walk(at, browser, narrow)).to)).body;
  const wide = flow('portal', { scope: 'openid email profile' });
  const second = (await redeem(at.url, wide, (await walk(at, browser, wide)).to)).body;
  expect((await userinfo(at.url, second.access_token)).body).toHaveProperty('preferred_username');
  const { body, status } = await userinfo(at.url, first.access_token);
  expect([status, Object.keys(body).sort()]).toEqual([200, ['email', 'email_verified', 'sub']]);
});

test('a refusal is told to the portal and remembered nowhere', async () => {
  const account = await at.account();
  const { browser } = await at.signedIn(account);
  const waiting = await waitingAt(browser, 'portal');
  const { body } = await decide(browser, waiting.searchParams.get('interaction'), false);
  const to = location(await browser.request('GET', body.redirectTo ?? ''));
  expect(to.origin).toBe('https://portal.example.org');
  expect(to.searchParams.get('error')).toBe('access_denied');
  expect(to.searchParams.get('iss')).toBe(at.issuer);
  expect((await waitingAt(browser, 'portal')).pathname).toBe('/consent');
});

test('[OIDC-9] a revoked consent kills every token of that portal at once, in all sessions and on all nodes', async () => {
  const account = await at.account();
  const tokens = [];
  for (const node of at.nodes) {
    const { browser } = await at.signedIn(account);
    const request = flow('portal', offline);
    const { to } = await walk(at, browser, request);
    tokens.push((await redeem(node.url, request, to)).body);
  }
  const { browser } = await at.signedIn(account);
  const pending = flow('portal', offline);
  const { to: pendingCode } = await walk(at, browser, pending);
  const elsewhere = flow('spa');
  const kept = (await redeem(at.url, elsewhere, (await walk(at, browser, elsewhere)).to)).body;

  const list = async () => (await browser.get<{ consents: object[] }>('/api/account/consents')).body.consents;
  expect(await list()).toMatchObject([
    { clientId: 'spa', name: { it: 'App', en: 'App' }, scopes: ['openid'] },
    { clientId: 'portal', scopes: ['email', 'offline_access', 'openid'] },
  ]);
  expect((await browser.post('/api/account/consents/portal/revoke')).status).toBe(204);
  expect(await list()).toMatchObject([{ clientId: 'spa' }]);

  for (const node of at.nodes)
    for (const { access_token, refresh_token } of tokens) {
      expect((await userinfo(node.url, access_token)).status).toBe(401);
      expect((await refresh(node.url, 'portal', refresh_token)).body.error).toBe('invalid_grant');
    }
  expect((await redeem(at.url, pending, pendingCode)).body.error).toBe('invalid_grant');
  expect((await userinfo(at.url, kept.access_token)).status).toBe(200);
});

test('[OIDC-9] consenting again revives nothing that was given before', async () => {
  const account = await at.account();
  const { browser } = await at.signedIn(account);
  const request = flow('portal', offline);
  const before = (await redeem(at.url, request, (await walk(at, browser, request)).to)).body;
  await browser.post('/api/account/consents/portal/revoke');
  const again = flow('portal', offline);
  const { to, asked } = await walk(at, browser, again);
  const after = (await redeem(at.url, again, to)).body;
  expect(asked).toEqual(['/consent']);
  expect((await userinfo(at.url, before.access_token)).status).toBe(401);
  expect((await refresh(at.url, 'portal', before.refresh_token)).body.error).toBe('invalid_grant');
  expect((await userinfo(at.url, after.access_token)).status).toBe(200);
});

test('[SES-4] revoking a consent wants a proof of the last five minutes', async () => {
  const account = await at.account();
  const { browser } = await at.signedIn(account);
  await walk(at, browser, flow('portal'));
  at.advance(6 * 60);
  const { status, body } = await browser.post<{ type: string; ceremony: object }>(
    '/api/account/consents/portal/revoke',
  );
  expect(status).toBe(403);
  expect(body.type).toBe(`${at.issuer}/problems/proof-needed`);
  expect(body.ceremony).toMatchObject({ purpose: 'step-up', state: 'open' });
  expect((await browser.get<{ consents: object[] }>('/api/account/consents')).body.consents).toHaveLength(1);
});

test('[WEB-7] a consent is its holder’s: nobody else reads, decides or revokes it', async () => {
  const [holder, stranger] = [await at.signedIn(await at.account()), await at.signedIn(await at.account())];
  await walk(at, holder.browser, flow('portal'));
  expect((await stranger.browser.get<{ consents: object[] }>('/api/account/consents')).body.consents).toEqual(
    [],
  );
  expect((await stranger.browser.post('/api/account/consents/portal/revoke')).status).toBe(404);

  const waiting = await waitingAt(holder.browser, 'spa');
  const uid = waiting.searchParams.get('interaction');
  const { status, body } = await stranger.browser.get<{ type: string }>(`/api/consent?interaction=${uid}`);
  expect([status, body.type]).toEqual([410, `${at.issuer}/problems/interaction-gone`]);
  expect((await decide(stranger.browser, uid, true)).status).toBe(410);
  const nobody = await decide(new (holder.browser.constructor as typeof HttpBrowser)(at.issuer), uid, true);
  expect(nobody.status).toBe(401);
  expect((await decide(holder.browser, uid, true)).status).toBe(200);
});

test('whoever signed in as somebody else meanwhile was not asked', async () => {
  const [one, other] = [await at.signedIn(await at.account()), await at.signedIn(await at.account())];
  const waiting = await waitingAt(one.browser, 'portal');
  const cookie = other.browser.cookies.get('__Host-sigillo-session') ?? '';
  one.browser.cookies.set('__Host-sigillo-session', cookie);
  expect((await decide(one.browser, waiting.searchParams.get('interaction'), true)).status).toBe(401);
});
