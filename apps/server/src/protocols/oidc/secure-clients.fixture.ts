import { createHash, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { CLIENTS } from './clients.fixture.ts';

/** A key of a client: for its assertions, or for proofs of possession. */
export interface ClientKey {
  alg: string;
  kid: string;
  privateKey: KeyObject;
  publicJwk: Record<string, unknown>;
}

export function newKey(alg: 'ES256' | 'PS256' | 'Ed25519', kid: string = randomUUID()): ClientKey {
  const { privateKey, publicKey } = {
    ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
    Ed25519: () => generateKeyPairSync('ed25519'),
  }[alg]();
  return { alg, kid, privateKey, publicJwk: { ...publicKey.export({ format: 'jwk' }), kid } };
}

export const KEYS = { bank: newKey('PS256'), ledger: newKey('ES256'), legacy: newKey('Ed25519') };

export const ACCOUNTS_API = 'https://accounts.example.org/';
export const PAYMENTS_API = 'https://payments.example.org/';

const [portal, , , desktop] = CLIENTS;
const jwks = (key: ClientKey) => ({ keys: [key.publicJwk] });

function client(clientId: string, more: object) {
  const { clientSecret: _secret, logo: _logo, ...base } = portal;
  const host = `https://${clientId}.example.org`;
  const uris = { redirectUris: [`${host}/callback`], postLogoutRedirectUris: [`${host}/signed-out`] };
  return { ...base, ...uris, clientId, ...more };
}

/** Clients that use what there is beyond a secret and a code. */
export const SECURE_CLIENTS = [
  ...CLIENTS,
  client('bank', {
    tokenEndpointAuthMethod: 'private_key_jwt',
    tokenEndpointAuthSigningAlg: 'PS256',
    jwks: jwks(KEYS.bank),
    highSecurity: true,
    resources: [{ identifier: ACCOUNTS_API, accessTokenFormat: 'jwt' }],
  }),
  client('ledger', { tokenEndpointAuthMethod: 'private_key_jwt', jwks: jwks(KEYS.ledger) }),
  client('legacy', {
    tokenEndpointAuthMethod: 'private_key_jwt',
    tokenEndpointAuthSigningAlg: 'Ed25519',
    jwks: jwks(KEYS.legacy),
    compatibility: ['without-pkce', 'endpoint-audience'],
  }),
  client('shop', {
    tokenEndpointAuthMethod: 'client_secret_post',
    clientSecret: 'a-secret-of-the-shop-that-is-long-enough',
    resources: [{ identifier: PAYMENTS_API }, { identifier: ACCOUNTS_API, accessTokenFormat: 'jwt' }],
  }),
  client('accounts', {
    clientSecret: 'a-secret-of-the-accounts-api-long-enough',
    redirectUris: [],
    postLogoutRedirectUris: [],
    introspects: [ACCOUNTS_API],
  }),
  client('payments', {
    clientSecret: 'a-secret-of-the-payments-api-long-enough',
    redirectUris: [],
    postLogoutRedirectUris: [],
    introspects: [PAYMENTS_API],
  }),
  client('wallet', {
    tokenEndpointAuthMethod: 'none',
    redirectUris: ['https://wallet.example.org/callback'],
    dpopBoundAccessTokens: true,
  }),
  { ...desktop, clientId: 'cli' },
];

type Fields = Record<string, unknown>;

/** A client's assertion (RFC 7523 §3); `undefined` leaves a claim out. */
export function assertion(
  key: ClientKey,
  clientId: string,
  issuer: string,
  more: Fields = {},
  header: Fields = {},
) {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: issuer,
    jti: randomUUID(),
    iat: now,
    exp: now + 60,
    ...more,
  };
  return signed(key, claims, header);
}

export function signed(
  { alg, kid, privateKey }: ClientKey,
  claims: Fields,
  header: Fields = {},
): Promise<string> {
  const present = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  return new SignJWT(present as JWTPayload).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);
}

/** The parameters that an assertion is sent in. */
export const assertionParams = (jwt: string) => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: jwt,
});

/** A proof of possession (RFC 9449 §4.2). */
export function proof(key: ClientKey, htm: string, htu: string, more: Fields = {}, header: Fields = {}) {
  const { kid: _kid, ...jwk } = key.publicJwk;
  const iat = Math.floor(Date.now() / 1000);
  const claims = { htm, htu, jti: randomUUID(), iat, ...more };
  return signed(key, claims, { typ: 'dpop+jwt', jwk, kid: undefined, ...header });
}

/** The hash that binds a proof to an access token (RFC 9449 §4.2). */
export const ath = (accessToken: string) => createHash('sha256').update(accessToken).digest('base64url');

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the endpoint says; the tests look at it
  body: any;
}

/** Posts a form, as a program does. */
export async function post(
  url: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(form) });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** HTTP Basic, as OAuth has it (RFC 6749 §2.3.1). */
export const basic = (clientId: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
});
