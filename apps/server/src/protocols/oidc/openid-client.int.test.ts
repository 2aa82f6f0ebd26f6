import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';
import {
  ACCOUNTS_API,
  type ClientKey,
  KEYS,
  PAYMENTS_API,
  SECURE_CLIENTS,
} from './secure-clients.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation(1, { clients: SECURE_CLIENTS });
});
afterAll(() => at[Symbol.asyncDispose]());

const secretOf = (clientId: string): string => {
  const found = SECURE_CLIENTS.find((one) => one.clientId === clientId);
  return found && 'clientSecret' in found ? String(found.clientSecret) : '';
};

const ALGORITHMS: Record<string, object> = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
  Ed25519: { name: 'Ed25519' },
};

async function signingKey({ privateKey, alg, kid }: ClientKey): Promise<oidc.PrivateKey> {
  const key = privateKey.toCryptoKey(ALGORITHMS[alg] as never, false, ['sign']);
  return { key, kid };
}

/** Every way in which a client may prove who it is, as the library has them. */
const MODES: [clientId: string, mode: string, auth: () => Promise<oidc.ClientAuth>, alg: string][] = [
  ['portal', 'client_secret_basic', async () => oidc.ClientSecretBasic(secretOf('portal')), 'ES256'],
  ['shop', 'client_secret_post', async () => oidc.ClientSecretPost(secretOf('shop')), 'ES256'],
  [
    'ledger',
    'private_key_jwt, ES256',
    async () => oidc.PrivateKeyJwt(await signingKey(KEYS.ledger)),
    'ES256',
  ],
  [
    'legacy',
    'private_key_jwt, Ed25519',
    async () => oidc.PrivateKeyJwt(await signingKey(KEYS.legacy)),
    'ES256',
  ],
  ['bank', 'private_key_jwt, PS256', async () => oidc.PrivateKeyJwt(await signingKey(KEYS.bank)), 'ES256'],
  ['spa', 'none', async () => oidc.None(), 'ES256'],
  ['wallet', 'none, bound', async () => oidc.None(), 'ES256'],
];

async function discover(clientId: string, auth: oidc.ClientAuth): Promise<oidc.Configuration> {
  const execute = [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks];
  return oidc.discovery(new URL(at.issuer), clientId, { id_token_signed_response_alg: 'ES256' }, auth, {
    execute,
  });
}

interface Journey {
  config: oidc.Configuration;
  clientId: string;
  dpop?: oidc.DPoPHandle;
  par: boolean;
  browser: HttpBrowser;
  more?: Record<string, string>;
}

async function signIn({ config, clientId, dpop, par, browser, more = {} }: Journey) {
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const redirect_uri = SECURE_CLIENTS.find((one) => one.clientId === clientId)?.redirectUris?.[0] ?? '';
  const params = {
    redirect_uri,
    scope: 'openid email offline_access',
    prompt: 'consent',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...more,
  };
  const options = dpop ? { DPoP: dpop } : {};
  const url = par
    ? await oidc.buildAuthorizationUrlWithPAR(config, params, options)
    : oidc.buildAuthorizationUrl(config, params);
  const { to } = await walk(at, browser, { query: url.searchParams, verifier, state, nonce });
  const checks = {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  };
  return oidc.authorizationCodeGrant(
    config,
    to,
    checks,
    more.resource ? { resource: more.resource } : {},
    options,
  );
}

const ENDS = [
  { par: false, bound: false },
  { par: true, bound: false },
  { par: false, bound: true },
  { par: true, bound: true },
];

test.each(MODES)(
  '[OIDC-4] [OIDC-5] openid-client as %s (%s): signs in with and without PAR and DPoP, refreshes, asks and revokes',
  async (clientId, _mode, auth) => {
    const config = await discover(clientId, await auth());
    const account = await at.account();
    const needs = { par: clientId === 'bank', bound: clientId === 'bank' || clientId === 'wallet' };
    for (const { par, bound } of ENDS) {
      if ((needs.par && !par) || (needs.bound && !bound)) continue;
      const { browser } = await at.signedIn(account);
      const dpop = bound ? oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair()) : undefined;
      const options = dpop ? { DPoP: dpop } : {};
      const tokens = await signIn({ config, clientId, browser, par, ...(dpop && { dpop }) });
      expect(tokens.token_type).toBe(bound ? 'dpop' : 'bearer');
      const sub = tokens.claims()?.sub ?? '';
      const info = await oidc.fetchUserInfo(config, tokens.access_token, sub, options);
      expect(info.email).toBe(account.email);
      const fresh = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '', {}, options);
      expect((await oidc.fetchUserInfo(config, fresh.access_token, sub, options)).sub).toBe(sub);
      if (clientId !== 'spa' && clientId !== 'wallet') {
        const asked = await oidc.tokenIntrospection(config, fresh.access_token);
        expect(asked).toMatchObject({ active: true, sub, client_id: clientId });
      }
      await oidc.tokenRevocation(config, fresh.refresh_token ?? '');
      await expect(
        oidc.refreshTokenGrant(config, fresh.refresh_token ?? '', {}, options),
      ).rejects.toMatchObject({
        error: 'invalid_grant',
      });
      await expect(oidc.fetchUserInfo(config, fresh.access_token, sub, options)).rejects.toThrow();
    }
  },
);

test('openid-client gets a token for an API, which the API asks about', async () => {
  const config = await discover('shop', oidc.ClientSecretPost(secretOf('shop')));
  const { browser } = await at.signedIn(await at.account());
  for (const [resource, api] of [
    [PAYMENTS_API, 'payments'],
    [ACCOUNTS_API, 'accounts'],
  ] as const) {
    const tokens = await signIn({ config, clientId: 'shop', browser, par: true, more: { resource } });
    const apiConfig = await discover(api, oidc.ClientSecretBasic(secretOf(api)));
    const asked = await oidc.tokenIntrospection(apiConfig, tokens.access_token);
    expect(asked).toMatchObject({
      active: true,
      client_id: 'shop',
      aud: resource,
      acr: 'urn:sigillo:level:1',
    });
  }
});

test('openid-client with a wrong secret, a wrong key or the wrong way is refused', async () => {
  const strangers: [string, oidc.ClientAuth][] = [
    ['portal', oidc.ClientSecretBasic('another-secret-that-is-long-enough-too')],
    ['portal', oidc.None()],
    ['ledger', oidc.PrivateKeyJwt(await signingKey(KEYS.legacy))],
    ['ledger', oidc.ClientSecretBasic(secretOf('portal'))],
    ['ledger', oidc.ClientSecretJwt(secretOf('portal'))],
  ];
  for (const [clientId, auth] of strangers) {
    const config = await discover(clientId, auth);
    await expect(oidc.tokenRevocation(config, 'x')).rejects.toMatchObject({ status: 401 });
  }
});
