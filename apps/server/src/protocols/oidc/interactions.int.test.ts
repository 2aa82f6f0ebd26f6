import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { Problem } from '../../platform/http/problems.ts';
import { flow, location } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation, presenterOfBrowser } from './oidc.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation(2);
});
afterAll(() => at[Symbol.asyncDispose]());

/** A request that waits for a sign-in, in a browser that has never been here. */
async function waiting(more: Record<string, string> = {}) {
  const browser = new HttpBrowser(at.issuer);
  const request = flow('portal', more);
  const response = await browser.request('GET', `/oidc/authorize?${request.query}`);
  const uid = location(response).searchParams.get('interaction') ?? '';
  return { browser, request, uid, response, presenter: presenterOfBrowser(browser) };
}

const slugOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.slug : error),
  );

test('a browser that comes for the first time is given a secret, and no session', async () => {
  const { response, browser } = await waiting();
  const cookies = response.headers.getSetCookie();
  const secret = cookies.find((cookie) => cookie.startsWith('__Host-sigillo-browser='));
  expect(secret).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  const resume = cookies.find((cookie) => cookie.startsWith('__Secure-sigillo-resume='));
  expect(resume).toMatch(/path=\/oidc\/authorize\/[\w-]+;.*samesite=lax; secure; httponly$/i);
  expect([...browser.cookies.keys()].sort()).toEqual([
    '__Host-sigillo-browser',
    '__Secure-sigillo-resume',
    '__Secure-sigillo-resume.sig',
  ]);
});

test('what the request asks for is what the sign-in page is told', async () => {
  const { uid, presenter } = await waiting({
    scope: 'email openid',
    login_hint: 'holder@example.org',
    acr_values: 'urn:sigillo:level:2',
    max_age: '60',
  });
  expect(await at.oidc.interactions.find(uid, presenter)).toMatchObject({
    uid,
    prompt: 'login',
    relyingParty: { clientId: 'portal', logoUrl: expect.stringMatching(/^\/logos\/portal\?v=[0-9a-f]{16}$/) },
    wish: { level: 2, maxAgeSeconds: 60 },
    loginHint: 'holder@example.org',
    scopes: ['openid', 'email'],
  });
});

test('[SES-6] a request belongs to the browser that made it, and waits ten minutes', async () => {
  const { uid, presenter } = await waiting();
  const stranger = presenterOfBrowser((await waiting()).browser);
  expect(await at.oidc.interactions.find(uid, stranger)).toBeUndefined();
  const { session } = await at.signedIn(await at.account());
  expect(await slugOf(at.oidc.interactions.finishSignIn(uid, stranger, session))).toBe('interaction-gone');
  at.advance(597);
  expect(await at.oidc.interactions.find(uid, presenter)).toBeDefined();
  at.advance(4);
  expect(await at.oidc.interactions.find(uid, presenter)).toBeUndefined();
  expect(await slugOf(at.oidc.interactions.finishSignIn(uid, presenter, session))).toBe('interaction-gone');
});

test('[AVL-1] of 16 that hand over a session at once, on two nodes, one does', async () => {
  const { uid, presenter } = await waiting();
  const { session } = await at.signedIn(await at.account());
  const all = await Promise.all(
    Array.from({ length: 16 }, (_, i) =>
      slugOf((at.nodes[i % 2] ?? at).oidc.interactions.finishSignIn(uid, presenter, session)),
    ),
  );
  expect(all.filter((one) => one === 'done')).toHaveLength(1);
  expect(all.filter((one) => one === 'interaction-gone')).toHaveLength(15);
});

test('[AVL-1] of 16 that come back with one answer at once, on two nodes, one goes on', async () => {
  const { browser: signedIn, session } = await at.signedIn(await at.account());
  const request = flow('portal');
  signedIn.cookies.delete('__Host-sigillo-other');
  const token = signedIn.cookies.get('__Host-sigillo-session') ?? '';
  signedIn.cookies.delete('__Host-sigillo-session');
  const response = await signedIn.request('GET', `/oidc/authorize?${request.query}`);
  const uid = location(response).searchParams.get('interaction') ?? '';
  const next = await at.oidc.interactions.finishSignIn(uid, presenterOfBrowser(signedIn), session);
  signedIn.cookies.set('__Host-sigillo-session', token);
  const tabs = Array.from({ length: 16 }, (_, i) => signedIn.at((at.nodes[i % 2] ?? at).url));
  const answers = await Promise.all(tabs.map((tab) => tab.request('GET', next)));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 400)).toHaveLength(15);
});

test('[SES-1] an answered request goes on only in its own browser and with the very session', async () => {
  const account = await at.account();
  const { browser, uid, presenter } = await waiting();
  const { browser: signedIn, session } = await at.signedIn(account);
  const next = await at.oidc.interactions.finishSignIn(uid, presenter, session);

  const thief = new HttpBrowser(at.issuer);
  for (const [name, value] of browser.cookies)
    if (name.startsWith('__Secure')) thief.cookies.set(name, value);
  thief.cookies.set('__Host-sigillo-session', signedIn.cookies.get('__Host-sigillo-session') ?? '');
  const stolen = await thief.request('GET', next);
  expect([stolen.status, stolen.headers.get('location')]).toEqual([400, null]);
  expect(await stolen.text()).toMatch(/This sign-in is over|Questo accesso è terminato/);

  const { browser: another } = await at.signedIn(account);
  browser.cookies.set('__Host-sigillo-session', another.cookies.get('__Host-sigillo-session') ?? '');
  expect((await browser.request('GET', next)).status).toBe(400);
});

test('[REC-3] coming back without an answer only begins again', async () => {
  const { browser, uid } = await waiting();
  const response = await browser.request('GET', `/oidc/authorize/${uid}`);
  expect(location(response).pathname).toBe('/sign-in');
  expect(location(response).searchParams.get('interaction')).not.toBe(uid);
});

test('a request for a portal that is disabled meanwhile is gone', async () => {
  const { uid, presenter } = await waiting();
  const { db } = at.database;
  await db.transaction().execute((tx) => at.relyingParties.disable(tx, 'portal', at.gate.clock.now()));
  expect(await at.oidc.interactions.find(uid, presenter)).toBeUndefined();
});
