import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { HttpBrowser } from '../tests/setup/http-browser.ts';

/** The relying party of the bench, as a clients file has it: a server with a secret, content with a password. */
export const RELYING_PARTY = {
  clientId: 'bench',
  clientSecret: randomBytes(32).toString('base64url'),
  name: { it: 'Prova', en: 'Bench' },
  redirectUris: ['https://bench.example.org/callback'],
  tokenEndpointAuthMethod: 'client_secret_basic',
  scopes: ['openid', 'email', 'offline_access'],
  policy: {
    level: 1,
    secondFactor: 'optional',
    methods: ['totp', 'sms-code'],
    first: 'totp',
    registrationPhone: 'optional',
    smsAlone: true,
  },
};

const SERVERS = 64;

const [REDIRECT_URI = ''] = RELYING_PARTY.redirectUris;

export interface Tokens {
  access_token: string;
  id_token: string;
  refresh_token?: string;
}

/** What the relying party remembers of a request (RFC 7636 §4.1). */
export interface SignInRequest {
  verifier: string;
  nonce: string;
  path: string;
}

const newValue = () => randomBytes(32).toString('base64url');

/** A request with PKCE, state and nonce; `offline` for one that wants a refresh token. */
export function newRequest({ offline = false, prompt = '' } = {}): SignInRequest {
  const [verifier, nonce, state] = [newValue(), newValue(), newValue()];
  const query = new URLSearchParams({
    client_id: RELYING_PARTY.clientId,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: offline ? 'openid email offline_access' : 'openid email',
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(prompt && { prompt }),
  });
  return { verifier, nonce, path: `/oidc/authorize?${query}` };
}

/** Where an answer sends the browser. @throws Error when it sends it nowhere */
export async function follow(browser: HttpBrowser, path: string): Promise<URL> {
  const response = await browser.request('GET', path);
  const to = response.headers.get('location');
  if (response.status !== 303 || to === null) throw new Error(`${response.status}: ${await response.text()}`);
  await response.body?.cancel();
  return new URL(to, 'http://localhost');
}

/** What the relying party's own server does: redeems codes, verifies what it gets, asks for claims, refreshes. */
export function relyingParty(issuer: string) {
  const keys = createRemoteJWKSet(new URL(`${issuer}/oidc/jwks`), { cacheMaxAge: 3_600_000 });
  const secret = `${RELYING_PARTY.clientId}:${RELYING_PARTY.clientSecret}`;
  const authorization = `Basic ${Buffer.from(secret).toString('base64')}`;

  // As many servers as a busy relying party has: what one address may ask for in a minute is limited.
  let server = 0;
  const from = () => ({ 'x-forwarded-for': `203.0.113.${server++ % SERVERS}` });

  const ask = async (parameters: Record<string, string>): Promise<Tokens> => {
    const body = new URLSearchParams(parameters);
    const headers = { authorization, ...from() };
    const answer = await fetch(`${issuer}/oidc/token`, { method: 'POST', headers, body });
    if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Tokens;
  };

  return {
    /** Redeems the code in a redirect, and verifies the ID token. */
    async redeem({ verifier, nonce }: SignInRequest, to: URL): Promise<Tokens> {
      const code = to.searchParams.get('code');
      if (code === null) throw new Error(`no code: ${to}`);
      const tokens = await ask({
        grant_type: 'authorization_code',
        code,
        redirect_uri: REDIRECT_URI,
        code_verifier: verifier,
      });
      const verified = await jwtVerify(tokens.id_token, keys, { issuer, audience: RELYING_PARTY.clientId });
      if (verified.payload.nonce !== nonce) throw new Error('an ID token of another request');
      return tokens;
    },

    async userinfo({ access_token: token }: Tokens): Promise<void> {
      const headers = { authorization: `Bearer ${token}`, ...from() };
      const answer = await fetch(`${issuer}/oidc/userinfo`, { headers });
      const { sub } = (await answer.json()) as { sub?: string };
      if (sub === undefined) throw new Error(`userinfo: ${answer.status}`);
    },

    refresh: ({ refresh_token = '' }: Tokens) => ask({ grant_type: 'refresh_token', refresh_token }),
  };
}
