import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startClaims } from './claims.ts';
import { startCustomerCare } from './customer-care.ts';
import type { RunningPortal } from './kit/start-portal.ts';

/** Nobody listens there: the portals must do without Sigillo for a while. */
const options = { port: 0, issuer: 'http://127.0.0.1:9', log: () => undefined };
const starters = { 'customer care': startCustomerCare, claims: startClaims };

describe.each(Object.entries(starters))('%s', (_name, start) => {
  let portal: RunningPortal;
  beforeAll(async () => {
    portal = await start(options);
  });
  afterAll(() => portal.close());

  const get = (path: string, headers = {}) => fetch(portal.url + path, { redirect: 'manual', headers });
  const post = (path: string, headers = {}, body = '') => {
    const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
    return fetch(portal.url + path, { method: 'POST', redirect: 'manual', headers: form, body });
  };

  test('greets in both languages, also while Sigillo is away', async () => {
    const italian = await get('/', { 'accept-language': 'it' });
    expect(await italian.text()).toContain('<html lang="it">');
    expect(await (await get('/')).text()).toContain('Sign in with Sigillo');
  });

  test('says calmly that sign-in is getting ready, and opens no session', async () => {
    const answer = await get('/sign-in?returnTo=/sensitive');
    expect(answer.status).toBe(503);
    expect(answer.headers.getSetCookie()).toEqual([]);
    const page = await answer.text();
    expect(page).toContain('Sign-in is getting ready');
    expect(page).toContain('href="/sign-in?returnTo=%2Fsensitive">Try again</a>');
  });

  test('pages allow no scripts, no frames and nothing from elsewhere, and are not cached', async () => {
    const { headers } = await get('/');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' http://127.0.0.1:9; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const page = await (await get('/')).text();
    expect(page).not.toMatch(/<script|style="|src="(?!\/)/);
  });

  test('a form from another origin is refused, the portal on the next port included', async () => {
    const { url } = portal;
    expect((await post('/language', { origin: 'http://127.0.0.1:8083' })).status).toBe(403);
    expect((await post('/language')).status).toBe(403);
    expect((await post('/language', { origin: url, 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await post('/language', { origin: url })).status).toBe(303);
  });

  test('the language is kept in a cookie out of the reach of scripts', async () => {
    const chosen = await post('/language', { origin: portal.url }, 'language=it&returnTo=/problem?name=x');
    expect(chosen.headers.get('location')).toBe('/problem?name=x');
    const [cookie = ''] = chosen.headers.getSetCookie();
    expect(cookie).toMatch(/-language=it; Path=\/; HttpOnly; SameSite=Lax; Max-Age=31536000$/);

    const later = await get('/', { cookie: cookie.split(';')[0] });
    expect(await later.text()).toContain('Accedi con Sigillo');
  });

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/.//evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
  ])('going back to %s ends at home', async (returnTo) => {
    const body = String(new URLSearchParams({ returnTo }));
    const answer = await post('/language', { origin: portal.url }, body);
    expect(answer.headers.get('location')).toBe('/');
  });

  test('an answer nobody asked for signs nobody in', async () => {
    const answer = await get('/callback?code=x&state=y', { cookie: 'customer-care-session=made-up' });
    expect(answer.headers.get('location')).toBe('/problem?name=sign_in_lost');
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test('what is for people who are signed in sends others to sign in first', async () => {
    const answer = await get('/sensitive');
    expect(answer.headers.get('location')).toBe('/sign-in?returnTo=%2Fsensitive');
    const form = await post('/sign-out/here', { origin: portal.url });
    expect(form.headers.get('location')).toBe('/signed-out');
  });

  test('unknown pages, wrong methods and large forms get a page, not a crash', async () => {
    expect((await get('/nope')).status).toBe(404);
    expect((await get('/sign-out/here')).status).toBe(405);
    expect((await post('/language', { origin: portal.url }, 'x'.repeat(20_000))).status).toBe(413);
    const unknown = await get('/problem?name=<b>');
    expect(await unknown.text()).toContain('That did not work');
  });
});
