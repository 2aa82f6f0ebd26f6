import { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { type Flow, flow, location, walk } from './client.fixture.ts';
import type { OidcInstallation } from './oidc.fixture.ts';
import {
  type Answer,
  assertion,
  assertionParams,
  type ClientKey,
  KEYS,
  post,
  proof,
  SECURE_CLIENTS,
} from './secure-clients.fixture.ts';

export type Form = Record<string, string>;

/** What a client sends to prove who it is. */
export async function authenticated(at: OidcInstallation, clientId: string): Promise<Form> {
  const found = SECURE_CLIENTS.find((one) => one.clientId === clientId);
  if (clientId in KEYS)
    return assertionParams(await assertion(KEYS[clientId as keyof typeof KEYS], clientId, at.issuer));
  const secret = found && 'clientSecret' in found ? { client_secret: String(found.clientSecret) } : {};
  return { client_id: clientId, ...secret };
}

/** Calls an endpoint as a client, with a proof of possession if there is a key for it. */
export async function call(
  at: OidcInstallation,
  endpoint: string,
  clientId: string,
  form: Form,
  key?: ClientKey,
): Promise<Answer> {
  const dpop = key && (await proof(key, 'POST', `${at.issuer}${endpoint}`));
  return post(
    `${at.url}${endpoint}`,
    { ...(await authenticated(at, clientId)), ...form },
    dpop ? { dpop } : {},
  );
}

/** The request of a flow, for the redirect URI that the client has. */
export function requestOf(clientId: string, more: Record<string, string | undefined> = {}): Flow {
  const found = SECURE_CLIENTS.find((one) => one.clientId === clientId);
  return flow(clientId, { redirect_uri: found?.redirectUris?.[0], ...more });
}

/** How the authorization endpoint answers a request, by default of a browser that nobody has seen. */
export const askAs = async (
  at: OidcInstallation,
  query: URLSearchParams,
  by = new HttpBrowser(at.issuer),
): Promise<string> => outcome(await by.request('GET', `/oidc/authorize?${query}`));

/** Pushes a request (RFC 9126 §2). */
export const push = (at: OidcInstallation, clientId: string, { query }: Flow, key?: ClientKey) =>
  call(at, '/oidc/par', clientId, Object.fromEntries(query), key);

/** The flow that goes on with what was pushed. */
export const pushed = (clientId: string, request: Flow, { body }: Answer): Flow => ({
  ...request,
  query: new URLSearchParams({ client_id: clientId, request_uri: body.request_uri }),
});

export const redeemAs = (
  at: OidcInstallation,
  clientId: string,
  { verifier, query }: Flow,
  to: URL,
  { key, ...more }: Form & { key?: ClientKey } = {} as never,
): Promise<Answer> =>
  call(
    at,
    '/oidc/token',
    clientId,
    {
      grant_type: 'authorization_code',
      code: to.searchParams.get('code') ?? '',
      redirect_uri: query.get('redirect_uri') ?? '',
      code_verifier: verifier,
      ...more,
    },
    key,
  );

export interface Wanted {
  scope?: string;
  prompt?: string;
  resource?: string;
  key?: ClientKey;
  /** Push the request first. */
  par?: boolean;
  browser?: HttpBrowser;
}

/** Signs an account in to a client, and gives what the token endpoint answers. */
export async function signInTo(at: OidcInstallation, clientId: string, wanted: Wanted = {}): Promise<Answer> {
  const { key, par, browser, ...more } = wanted;
  const request = requestOf(clientId, more);
  const going = par ? pushed(clientId, request, await push(at, clientId, request, key)) : request;
  const { to } = await walk(at, browser ?? (await at.signedIn(await at.account())).browser, going);
  return redeemAs(at, clientId, request, to, {
    ...(key && { key }),
    ...(wanted.resource && { resource: wanted.resource }),
  } as never);
}

export const OFFLINE = { scope: 'openid email offline_access', prompt: 'consent' };

export const refreshAs = (
  at: OidcInstallation,
  clientId: string,
  refreshToken: string,
  { key, ...more }: Form & { key?: ClientKey } = {} as never,
) =>
  call(
    at,
    '/oidc/token',
    clientId,
    { grant_type: 'refresh_token', refresh_token: refreshToken, ...more },
    key,
  );

/** Asks for the holder's claims, with a proof if there is a key. */
export async function userinfoAs(
  at: OidcInstallation,
  accessToken: string,
  headers: Record<string, string> = { authorization: `Bearer ${accessToken}` },
): Promise<Answer> {
  const response = await fetch(`${at.url}/oidc/userinfo`, { headers });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** What an authorization request comes to: an error told to the client, one shown, or a page that asks. */
export async function outcome(response: Response): Promise<string> {
  if (response.status !== 303) return `page ${/<code>([a-z_]+)/.exec(await response.text())?.[1]}`;
  const to = location(response);
  return to.searchParams.get('error') ?? (to.searchParams.has('code') ? 'code' : to.pathname);
}

/** What an endpoint has answered, in short. */
export const said = ({ status, body }: Answer) => `${status} ${body?.error ?? 'accepted'}`;
