import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listRequests } from '../../../../../tests/setup/app-requests.ts';
import { linkedApp } from '../../../../../tests/setup/device-app.ts';
import {
  addToken,
  putInStock,
  type Token,
  tokenCode,
  tokenPair,
} from '../../../../../tests/setup/hardware-token.ts';
import type { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { giveIdentity } from '../../../../../tests/setup/identities.ts';
import {
  enterPassword,
  good,
  type InCeremony,
  outcome,
  recover,
  sendCode,
  setUpApp,
  signIn,
  tryCode,
  tryFinish,
} from '../../../../../tests/setup/journeys.ts';
import { judge } from '../../../../../tests/setup/judge.ts';
import {
  type Holder,
  type PopulatedInstallation,
  populatedInstallation,
} from '../../../../../tests/setup/populated.ts';
import { suspendSelf } from '../../../../../tests/setup/suspensions.ts';
import { credentialLife } from '../../identities/credential-life.ts';
import { inTransaction } from '../../platform/database/database.ts';
import { newSecret } from '../../platform/ids.ts';

const oathtool = judge('oathtool', 'apt-get install oathtool');
const RETURN = 'http://127.0.0.1:8082/callback';
const NEXT_PASSWORD = 'a new lamp beside the river';
/** What is promised of everything that ends with a password ([PW-5]) and with a suspension ([REC-7]). */
const PASSWORD_MS = 2_000;
const SUSPENSION_MS = 5_000;

let on: PopulatedInstallation;
let portal: oidc.Configuration;
beforeAll(async () => {
  on = await populatedInstallation(2);
  const secret = oidc.ClientSecretBasic('development-only-secret-of-customer-care');
  const execute = [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks];
  portal = await oidc.discovery(new URL(on.server.issuer), 'customer-care', {}, secret, { execute });
});
afterAll(() => on[Symbol.asyncDispose]());

/** Signs in for the portal's request, by another program as its client; the tokens it gets. */
async function signInAtPortal(
  browser: HttpBrowser,
  holder: Holder,
  method: string,
  code: () => Promise<string> | string,
  more: Record<string, string> = {},
) {
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const url = oidc.buildAuthorizationUrl(portal, {
    redirect_uri: RETURN,
    scope: 'openid offline_access',
    prompt: 'consent',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...more,
  });
  let path = `${url.pathname}${url.search}`;
  for (let step = 0; step < 8; step++) {
    const { headers } = await browser.request('GET', path);
    const to = new URL(headers.get('location') ?? '', RETURN);
    if (to.searchParams.has('code')) {
      const checks = {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      };
      return oidc.authorizationCodeGrant(portal, to, checks);
    }
    const interaction = to.searchParams.get('interaction') ?? '';
    path = await answer(browser, to.pathname, interaction, holder, method, code);
  }
  throw new Error('no code came');
}

async function answer(
  browser: HttpBrowser,
  page: string,
  interaction: string,
  holder: Holder,
  method: string,
  code: () => Promise<string> | string,
): Promise<string> {
  type Next = { redirectTo: string };
  if (page === '/consent')
    return good(await browser.post<Next>('/api/consent', { interaction, accept: true })).redirectTo;
  const given = { interaction, identifier: holder.email, password: holder.password };
  const { ceremony } = good(await browser.post<InCeremony>('/api/sign-in/password', given));
  good(await tryCode(browser, ceremony, method, await code()));
  return good(await browser.post<Next>('/api/sign-in/finish', { interaction, ceremony: ceremony.id }))
    .redirectTo;
}

/** What the tokens of a portal are worth: the access token, both by introspection, and a refresh. */
async function worth({ access_token, refresh_token = '' }: { access_token: string; refresh_token?: string }) {
  const introspected = [access_token, refresh_token].map(
    async (token) => (await oidc.tokenIntrospection(portal, token)).active,
  );
  const at = { headers: { authorization: `Bearer ${access_token}`, host: new URL(on.server.issuer).host } };
  const asked = on.nodes.map(async ({ url }) => (await fetch(`${url}/oidc/userinfo`, at)).status);
  return [...(await Promise.all(asked)), ...(await Promise.all(introspected))];
}

const refreshed = (refreshToken = '') =>
  oidc.refreshTokenGrant(portal, refreshToken).then(
    () => 'good',
    (error: unknown) => (error as { error?: string }).error,
  );

const ALIVE = [200, 200, true, true];
const DEAD = [401, 401, false, false];

/** How a holder ends what was given away: each by the real requests. */
const ENDS: [string, number, (holder: Holder) => Promise<unknown>][] = [
  [
    '[PW-5] after a change of the password',
    PASSWORD_MS,
    async (holder) => {
      const browser = await signIn(on, on.browser(), holder);
      const wanted = { current: holder.password, next: NEXT_PASSWORD };
      const { ceremony } = good(await browser.post<InCeremony>('/api/account/password', wanted));
      good(await tryCode(browser, ceremony, 'totp', await on.code(holder)));
      return async () => good(await browser.post('/api/account/password/finish', { ceremony: ceremony.id }));
    },
  ],
  [
    '[REC-3] after a password was reset by e-mail',
    PASSWORD_MS,
    async (holder) => {
      good(await on.browser().post('/api/password-resets', { identifier: holder.email }));
      const token = await on.dev.linkToken(holder.email);
      const wanted = { token, password: NEXT_PASSWORD };
      return async () => good(await on.browser().post('/api/password-resets/complete', wanted));
    },
  ],
  [
    '[REC-4] after a second factor was recovered',
    PASSWORD_MS,
    async (holder) => {
      const browser = on.browser();
      const sent = await sendCode(on, browser, await recover(browser, holder), 'email-code', holder.email);
      const proven = good(await tryCode(browser, sent.ceremony, 'email-code', sent.code)).ceremony;
      return () => setUpApp(on, browser, proven);
    },
  ],
  [
    '[REC-7] after a suspension',
    SUSPENSION_MS,
    async (holder) => {
      const browser = await signIn(on, on.browser(), holder);
      return () => suspendSelf(on, browser, holder);
    },
  ],
];

test.each(ENDS)(
  '%s refresh tokens and access tokens are dead, and introspection says so',
  async (_, withinMs, prepare) => {
    const holder = await on.holder({ totp: true });
    const tokens = await signInAtPortal(on.browser(), holder, 'totp', () => on.code(holder));
    expect(await worth(tokens)).toEqual(ALIVE);
    const end = (await prepare(holder)) as () => Promise<unknown>;
    expect(await worth(tokens)).toEqual(ALIVE);
    await end();
    const since = performance.now();
    expect(await worth(tokens)).toEqual(DEAD);
    expect(performance.now() - since).toBeLessThan(withinMs);
    expect(await refreshed(tokens.refresh_token)).toBe('invalid_grant');
  },
);

oathtool.describe('a token in the hand', () => {
  let made = 0;
  /** A holder of an identity with a token of whoever makes such, by its serial number and two codes. */
  async function withToken(
    kind: Token['kind'],
  ): Promise<{ holder: Holder; browser: HttpBrowser; token: Token }> {
    const token = { serial: `OPEN${++made}`, seed: newSecret(20), kind, digits: 6 };
    // One stays in stock: without any, none is offered.
    const spare = { ...token, serial: `SPARE${made}` };
    await putInStock(on, [token, spare]);
    const holder = await on.holder();
    await giveIdentity({ ...on, db: on.database.db }, holder.id);
    const browser = await signIn(on, on.browser(), holder);
    const { finish } = await addToken(browser, token.serial);
    expect(outcome(await finish(tokenPair(oathtool, token, kind === 'hotp' ? 0 : on.nowMs())))).toBe('200');
    return { holder, browser, token };
  }

  test.each(['hotp', 'totp'] as const)(
    '[SPID-CRD-9] by the open standard (%s) signs a holder of an identity in at level 2, for a portal of another maker',
    async (kind) => {
      const { holder, token } = await withToken(kind);
      await on.advance(60);
      const code = () => tokenCode(oathtool, token, kind === 'hotp' ? 2 : on.nowMs());
      const level2 = { acr_values: 'urn:sigillo:level:2' };
      const tokens = await signInAtPortal(on.browser(), holder, 'hardware-token', code, level2);
      expect(tokens.claims()).toMatchObject({ acr: 'urn:sigillo:level:2', amr: ['pwd', 'otp', 'mfa'] });
    },
  );

  test('[SPID-CRD-7] what takes the place of a lost one ends it: token, app and all, for good and on record', async () => {
    const { holder, token } = await withToken('hotp');
    const app = await linkedApp(on, holder);
    const browser = on.browser();
    const sent = await sendCode(on, browser, await recover(browser, holder), 'email-code', holder.email);
    const proven = good(await tryCode(browser, sent.ceremony, 'email-code', sent.code)).ceremony;
    holder.seed = (await setUpApp(on, browser, proven)).seed;
    await on.advance(60);
    for (const node of [0, 1]) expect((await listRequests(on, app, node)).status).toBe(410);
    const again = on.browser();
    const ceremony = await enterPassword(again, holder);
    expect(ceremony.options.map(({ method }) => method)).toEqual(['totp']);
    good(
      await tryFinish(again, good(await tryCode(again, ceremony, 'totp', await on.code(holder))).ceremony),
    );
    const lives = await inTransaction(on.database.db, (tx) => credentialLife(on.stores, tx, holder.id));
    const stateOf = (method: string) =>
      lives.filter((one) => one.method === method).map(({ state }) => state);
    expect([stateOf('hardware-token'), stateOf('totp'), stateOf('password')]).toEqual([
      ['revoked'],
      ['active'],
      ['active'],
    ]);
    const { finish } = await addToken(again, token.serial);
    expect(outcome(await finish(tokenPair(oathtool, token, 2)))).toBe('422 code-rejected');
  });
});
