import { createHash, randomBytes } from 'node:crypto';
import type { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import type { Session } from '../../gate/model.ts';
import { CLIENTS } from './clients.fixture.ts';
import { type OidcNode, presenterOfBrowser } from './oidc.fixture.ts';

/** What a client remembers of a request (RFC 7636 §4.1). */
export interface Flow {
  verifier: string;
  state: string;
  nonce: string;
  query: URLSearchParams;
}

/** A request as a client makes it; `undefined` leaves a parameter out. */
export function flow(clientId: string, more: Record<string, string | undefined> = {}): Flow {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const nonce = randomBytes(16).toString('base64url');
  const client = CLIENTS.find((one) => one.clientId === clientId);
  const query = new URLSearchParams();
  const params: Record<string, string | undefined> = {
    client_id: clientId,
    redirect_uri: client?.redirectUris[0],
    response_type: 'code',
    scope: 'openid',
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  };
  for (const [name, value] of Object.entries(params)) if (value !== undefined) query.set(name, value);
  return { verifier, state, nonce, query };
}

/** Where a response sends the browser. */
export function location(response: Response): URL {
  return new URL(response.headers.get('location') ?? '', 'http://localhost');
}

export interface Walk {
  /** The last redirect. */
  to: URL;
  /** Paths of the pages where the holder was asked. */
  asked: string[];
}

/** Follows a request to the client's redirect URI; the holder consents, and signs in with what is given. */
export async function walk(
  at: OidcNode & { issuer: string },
  browser: HttpBrowser,
  { query }: Flow,
  session?: Session,
): Promise<Walk> {
  const asked: string[] = [];
  let response = await browser.request('GET', `/oidc/authorize?${query}`);
  for (;;) {
    if (response.status !== 303) throw new Error(`${response.status}: ${await response.text()}`);
    const to = location(response);
    const uid = to.searchParams.get('interaction');
    if (uid === null) return { to, asked };
    asked.push(to.pathname);
    const next = await answer(at, browser, to.pathname, uid, session);
    if (next === undefined) return { to, asked };
    response = await browser.request('GET', next);
  }
}

async function answer(
  at: OidcNode,
  browser: HttpBrowser,
  page: string,
  uid: string,
  session: Session | undefined,
): Promise<string | undefined> {
  if (page === '/consent') {
    const { status, body } = await browser.post<{ redirectTo: string }>('/api/consent', {
      interaction: uid,
      accept: true,
    });
    if (status !== 200) throw new Error(`consent: ${status} ${JSON.stringify(body)}`);
    return body.redirectTo;
  }
  return session && at.oidc.interactions.finishSignIn(uid, presenterOfBrowser(browser), session);
}

export interface Tokens {
  access_token: string;
  id_token: string;
  refresh_token?: string;
  scope: string;
  expires_in: number;
  token_type: string;
  error?: string;
  error_description?: string;
}

export interface TokenAnswer {
  status: number;
  headers: Headers;
  body: Tokens;
}

/** Calls the token endpoint as a client does. */
export async function token(
  base: string,
  clientId: string,
  params: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<TokenAnswer> {
  const client = CLIENTS.find((one) => one.clientId === clientId);
  const secret = client && 'clientSecret' in client ? client.clientSecret : undefined;
  const isBasic = client?.tokenEndpointAuthMethod === 'client_secret_basic';
  const body = new URLSearchParams({
    ...params,
    ...(!isBasic && { client_id: clientId }),
    ...(client?.tokenEndpointAuthMethod === 'client_secret_post' && secret && { client_secret: secret }),
  });
  const authorization = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
  const response = await fetch(`${base}/oidc/token`, {
    method: 'POST',
    headers: { ...(isBasic && { authorization }), ...headers },
    body,
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Tokens };
}

/** Redeems the code of a redirect. */
export function redeem(base: string, { verifier, query }: Flow, to: URL): Promise<TokenAnswer> {
  return token(base, query.get('client_id') ?? '', {
    grant_type: 'authorization_code',
    code: to.searchParams.get('code') ?? '',
    redirect_uri: query.get('redirect_uri') ?? '',
    code_verifier: verifier,
  });
}

export const refresh = (base: string, clientId: string, refreshToken = ''): Promise<TokenAnswer> =>
  token(base, clientId, { grant_type: 'refresh_token', refresh_token: refreshToken });

export async function userinfo(
  base: string,
  accessToken: string,
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
  const response = await fetch(`${base}/oidc/userinfo`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}

/** The claims of a JWT, unverified. */
export const claimsIn = (jwt: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
