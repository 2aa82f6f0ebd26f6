import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestAccount } from '../../../../../tests/setup/gate.ts';
import type { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import type { Session } from '../../gate/model.ts';
import { liveness, readSessionToken } from '../../gate/sessions.ts';
import { COOKIES } from '../../platform/http/cookies.ts';
import { Problem } from '../../platform/http/problems.ts';
import { claimsIn, flow, location, redeem, walk } from './client.fixture.ts';
import {
  type OidcInstallation,
  oidcInstallation,
  type Proven,
  presenterOfBrowser,
  proof,
} from './oidc.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation();
});
afterAll(() => at[Symbol.asyncDispose]());

const LEVEL = 'urn:sigillo:level:';
type Params = Record<string, string | undefined>;

/** Allows what the tests below ask for, so that only signing in is left to speak of. */
async function consented(account: TestAccount, ...clientIds: string[]): Promise<void> {
  const { browser } = await at.signedIn(account, ['password', 'totp']);
  for (const clientId of clientIds) await walk(at, browser, flow(clientId));
}

async function visit(browser: HttpBrowser, clientId: string, more: Params): Promise<URL> {
  const response = await browser.request('GET', `/oidc/authorize?${flow(clientId, more).query}`);
  expect(response.status).toBe(303);
  return location(response);
}

/** Proofs given now to the session of a browser, beside those it has: what the gate's step-up does. */
async function prove(
  account: TestAccount,
  browser: HttpBrowser,
  session: Session,
  ...methods: Proven[]
): Promise<Session> {
  const fresh = methods.map((method) => proof(account, method, at.gate.clock.nowMs()));
  const kept = session.evidence.filter((piece) => !methods.some((method) => method === piece.method));
  const evidence = [...kept, ...fresh];
  const { hash } = readSessionToken(browser.cookies.get(COOKIES.session) ?? '') ?? {};
  if (!hash) throw new Error('the browser has no session');
  await at.gate.transaction((tx) => at.gate.sessions.raise(tx, session, evidence, hash, liveness(at.gate)));
  return { ...session, evidence };
}

const seconds = (ms: number) => Math.floor(ms / 1000);
const slugOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.slug : error),
  );

async function claimsOf(browser: HttpBrowser, clientId: string, more: Params = {}, session?: Session) {
  const request = flow(clientId, more);
  const { to } = await walk(at, browser, request, session);
  expect(to.searchParams.get('error_description')).toBeNull();
  return { request, to, claims: claimsIn((await redeem(at.url, request, to)).body.id_token) };
}

test('[OIDC-6] the answer names its issuer, the ID token the nonce, and both the truth about the sign-in', async () => {
  const account = await at.account({ totp: true });
  await consented(account, 'portal');
  const { browser, session } = await at.signedIn(account, ['password', 'totp']);
  at.advance(100);
  const { request, to, claims } = await claimsOf(browser, 'portal');
  expect(to.searchParams.get('iss')).toBe(at.issuer);
  expect(claims).toMatchObject({
    iss: at.issuer,
    aud: 'portal',
    nonce: request.nonce,
    acr: `${LEVEL}2`,
    auth_time: seconds(session.createdAt.getTime()),
  });
  expect([...(claims.amr as string[])].sort()).toEqual(['mfa', 'otp', 'pwd']);
});

test('[OIDC-6] without a second factor the level is 1', async () => {
  const account = await at.account();
  const { browser } = await at.signedIn(account);
  expect((await claimsOf(browser, 'portal')).claims).toMatchObject({ acr: `${LEVEL}1`, amr: ['pwd'] });
});

test('[OIDC-6] prompt=none answers at once after a sign-in at our own pages', async () => {
  const account = await at.account({ totp: true });
  await consented(account, 'portal');
  const { browser } = await at.signedIn(account, ['password', 'totp']);
  const to = await visit(browser, 'portal', { prompt: 'none' });
  expect(to.searchParams.get('code')).toBeTruthy();
});

test('[OIDC-6] prompt=none says why it cannot answer', async () => {
  const account = await at.account();
  const { browser } = await at.signedIn(account);
  const errorTold = async (who: HttpBrowser, clientId: string, more: Params = {}) => {
    const { searchParams } = await visit(who, clientId, { prompt: 'none', ...more });
    expect(searchParams.get('iss')).toBe(at.issuer);
    return searchParams.get('error');
  };
  browser.cookies.delete('__Host-sigillo-session');
  expect(await errorTold(browser, 'portal')).toBe('login_required');
  const { browser: signedIn } = await at.signedIn(account);
  expect(await errorTold(signedIn, 'portal')).toBe('consent_required');
  // The account would have to set up a second factor.
  expect(await errorTold(signedIn, 'strict')).toBe('interaction_required');
  at.advance(10);
  expect(await errorTold(signedIn, 'portal', { max_age: '5' })).toBe('login_required');
});

test('[OIDC-6] who has a second factor and has not proven it goes on to sign in', async () => {
  const account = await at.account({ totp: true });
  await consented(account, 'portal');
  const { browser, session } = await at.signedIn(account, ['password']);
  expect((await visit(browser, 'portal', {})).pathname).toBe('/sign-in');
  const raised = await prove(account, browser, session, 'totp');
  expect((await claimsOf(browser, 'portal', {}, raised)).claims.acr).toBe(`${LEVEL}2`);
});

test('[OIDC-6] acr_values ask for the lowest level listed; the answer states the level reached', async () => {
  const account = await at.account({ totp: true });
  await consented(account, 'portal');
  const { browser } = await at.signedIn(account, ['password', 'totp']);
  for (const acr_values of [`${LEVEL}2`, `${LEVEL}3 ${LEVEL}1`, `${LEVEL}1`])
    expect((await claimsOf(browser, 'portal', { acr_values })).claims.acr).toBe(`${LEVEL}2`);
});

test('[OIDC-6] a level that nothing reaches is an error, signed in or not, and never a lower level', async () => {
  const account = await at.account({ totp: true });
  const { browser } = await at.signedIn(account, ['password', 'totp']);
  const essential = (values: object) => JSON.stringify({ id_token: { acr: { essential: true, ...values } } });
  const requests: Params[] = [
    { acr_values: `${LEVEL}3` },
    { acr_values: 'urn:example:gold' },
    { claims: essential({ value: `${LEVEL}3` }) },
    { claims: essential({ values: [`${LEVEL}3`] }), prompt: 'none' },
  ];
  for (const more of requests) {
    const to = await visit(browser, 'portal', more);
    expect(to.searchParams.get('error')).toBe('unmet_authentication_requirements');
    expect(to.searchParams.get('code')).toBeNull();
  }
  browser.cookies.clear();
  expect((await visit(browser, 'portal', { acr_values: `${LEVEL}3` })).searchParams.get('error')).toBe(
    'unmet_authentication_requirements',
  );
});

test('[OIDC-6] an essential acr claim is met by one of its values', async () => {
  const account = await at.account({ totp: true });
  await consented(account, 'portal');
  const { browser } = await at.signedIn(account, ['password', 'totp']);
  const asking = (acr: object) => ({ claims: JSON.stringify({ id_token: { acr } }) });
  const told = async (acr: object) => (await claimsOf(browser, 'portal', asking(acr))).claims.acr;
  expect(await told({ essential: true, values: [`${LEVEL}2`, `${LEVEL}3`] })).toBe(`${LEVEL}2`);
  expect(await told({ essential: true, value: `${LEVEL}1` })).toBe(`${LEVEL}1`);
  expect(await told({ value: `${LEVEL}1` })).toBe(`${LEVEL}2`);
  const { searchParams } = await visit(browser, 'portal', asking({ essential: true, values: 2 }));
  expect(searchParams.get('error')).toBe('invalid_request');
});

test('[OIDC-6] max_age makes old proofs be given anew; auth_time is then the new time', async () => {
  const account = await at.account({ totp: true });
  await consented(account, 'portal');
  const { browser, session } = await at.signedIn(account, ['password', 'totp']);
  at.advance(60);
  expect((await visit(browser, 'portal', { max_age: '90' })).searchParams.get('code')).toBeTruthy();
  const waiting = await visit(browser, 'portal', { max_age: '30' });
  expect(waiting.pathname).toBe('/sign-in');
  const uid = waiting.searchParams.get('interaction') ?? '';
  const finish = (held: Session) => at.oidc.interactions.finishSignIn(uid, presenterOfBrowser(browser), held);
  expect(await at.oidc.interactions.find(uid, presenterOfBrowser(browser))).toMatchObject({
    wish: { level: null, maxAgeSeconds: 30 },
  });
  expect(await slugOf(finish(session))).toBe('proof-missing');
  const half = await prove(account, browser, session, 'totp');
  expect(await slugOf(finish(half))).toBe('proof-missing');

  const request = flow('portal', { max_age: '30' });
  const fresh = async () => {
    // However long it takes: what was proven for the request counts.
    at.advance(20);
    const raised = await prove(account, browser, half, 'password', 'totp');
    at.advance(60);
    return raised;
  };
  const first = await browser.request('GET', `/oidc/authorize?${request.query}`);
  const raised = await fresh();
  const second = location(first).searchParams.get('interaction') ?? '';
  const next = await at.oidc.interactions.finishSignIn(second, presenterOfBrowser(browser), raised);
  const to = location(await browser.request('GET', next));
  const { auth_time } = claimsIn((await redeem(at.url, request, to)).body.id_token);
  expect(auth_time).toBe(seconds(raised.evidence[0]?.provenAtMs ?? 0));
});

test.each([{ prompt: 'login' }, { max_age: '0' }])(
  '[OIDC-6] %o asks for every proof anew, though a moment ago they were given',
  async (more) => {
    const account = await at.account({ totp: true });
    await consented(account, 'portal');
    const { browser, session } = await at.signedIn(account, ['password', 'totp']);
    const waiting = await visit(browser, 'portal', more);
    const uid = waiting.searchParams.get('interaction') ?? '';
    expect(waiting.pathname).toBe('/sign-in');
    expect(await at.oidc.interactions.find(uid, presenterOfBrowser(browser))).toMatchObject({
      prompt: 'login',
      wish: { maxAgeSeconds: 0 },
    });
    const finish = (held: Session) =>
      at.oidc.interactions.finishSignIn(uid, presenterOfBrowser(browser), held);
    expect(await slugOf(finish(session))).toBe('proof-missing');
    at.advance(1);
    const raised = await prove(account, browser, session, 'password', 'totp');
    const to = location(await browser.request('GET', await finish(raised)));
    expect(to.searchParams.get('code')).toBeTruthy();
  },
);

test('[OIDC-6] a request that waits again does not ask again for what was proven for it', async () => {
  const account = await at.account();
  const { browser, session } = await at.signedIn(account);
  const request = flow('portal', { prompt: 'login consent' });
  at.advance(2);
  const first = await browser.request('GET', `/oidc/authorize?${request.query}`);
  at.advance(2);
  const raised = await prove(account, browser, session, 'password');
  const uid = location(first).searchParams.get('interaction') ?? '';
  const next = await at.oidc.interactions.finishSignIn(uid, presenterOfBrowser(browser), raised);
  const second = location(await browser.request('GET', next));
  expect(second.pathname).toBe('/consent');
  at.advance(30);
  const interaction = second.searchParams.get('interaction');
  const { body } = await browser.post<{ redirectTo: string }>('/api/consent', { interaction, accept: true });
  const to = location(await browser.request('GET', body.redirectTo));
  expect(to.searchParams.get('code')).toBeTruthy();
});

test('[OIDC-6] an ID token hint of another person is never answered with this one', async () => {
  const [one, other] = [await at.account(), await at.account()];
  const { browser } = await at.signedIn(one);
  const { browser: others } = await at.signedIn(other);
  const request = flow('portal');
  const { to } = await walk(at, others, request);
  const id_token_hint = (await redeem(at.url, request, to)).body.id_token;
  await walk(at, browser, flow('portal'));

  const silent = await visit(browser, 'portal', { id_token_hint, prompt: 'none' });
  expect(silent.searchParams.get('error')).toBe('login_required');
  const waiting = await visit(browser, 'portal', { id_token_hint });
  expect(waiting.pathname).toBe('/sign-in');
  const uid = waiting.searchParams.get('interaction') ?? '';
  at.advance(1);
  const { session: again } = await at.signedIn(one);
  const handed = new Map(browser.cookies);
  const { browser: fresh, session } = await at.signedIn(one);
  handed.set('__Host-sigillo-session', fresh.cookies.get('__Host-sigillo-session') ?? '');
  for (const [name, value] of handed) browser.cookies.set(name, value);
  const next = await at.oidc.interactions.finishSignIn(uid, presenterOfBrowser(browser), session);
  const answer = location(await browser.request('GET', next));
  expect(answer.searchParams.get('error')).toBe('login_required');
  expect(again.accountId).toBe(one.id);
  const right = await visit(others, 'portal', { id_token_hint, prompt: 'none' });
  expect(right.searchParams.get('code')).toBeTruthy();
});

test('ui_locales choose the language of the page that asks', async () => {
  const { browser } = await at.signedIn(await at.account());
  expect((await visit(browser, 'portal', { ui_locales: 'de en-US' })).searchParams.get('lang')).toBe('en');
  expect((await visit(browser, 'portal', {})).searchParams.get('lang')).toBeNull();
});
