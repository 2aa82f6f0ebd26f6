import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseClients, readClientsFile } from './clients-file.ts';
import { clientMetadata, corsOrigins } from './registration.ts';

const DEMONSTRATION = new URL('../../../../demo/relying-parties.json', import.meta.url).pathname;

const policy = {
  level: 1,
  secondFactor: 'optional',
  methods: ['totp', 'sms-code'],
  first: 'totp',
  registrationPhone: 'none',
  smsAlone: true,
};
const client = {
  clientId: 'portal',
  clientSecret: 'a-secret-of-the-portal-that-is-long-enough',
  name: { it: 'Portale', en: 'Portal' },
  redirectUris: ['https://portal.example.org/callback'],
  tokenEndpointAuthMethod: 'client_secret_basic',
  scopes: ['openid', 'email'],
  policy,
};

function faultsOf(...entries: object[]): string {
  try {
    parseClients(entries, 'clients.json');
    return '';
  } catch (error) {
    return String(error);
  }
}

test('where a portal is told of logouts is an address of a server, and the session is named unless it says no', () => {
  const backchannelLogoutUri = 'https://portal.example.org/logout?by=back-channel';
  const metadata = (more: object) => {
    const [entry] = parseClients([{ ...client, ...more }], 'clients.json');
    return entry && clientMetadata(entry);
  };
  expect(metadata({ backchannelLogoutUri })).toMatchObject({
    backchannel_logout_uri: backchannelLogoutUri,
    backchannel_logout_session_required: true,
  });
  expect(metadata({ backchannelLogoutUri, backchannelLogoutSessionRequired: false })).toMatchObject({
    backchannel_logout_session_required: false,
  });
  for (const bad of [
    'http://portal.example.org/logout',
    'https://a:b@portal.example.org/',
    'ftp://x/',
    '/logout',
  ])
    expect(faultsOf({ ...client, backchannelLogoutUri: bad })).toContain('backchannelLogoutUri');
});

test('the file of the demonstration portals is read', () => {
  const [care, claims] = readClientsFile(DEMONSTRATION);
  expect(care).toMatchObject({ clientId: 'customer-care', policy: { secondFactor: 'optional' } });
  expect(claims).toMatchObject({
    clientId: 'claims',
    tokenEndpointAuthMethod: 'none',
    applicationType: 'web',
  });
  expect(JSON.parse(readFileSync(DEMONSTRATION, 'utf8'))).toHaveLength(2);
});

test('a client is told to the library without its secret', () => {
  const [entry] = parseClients([client], 'clients.json');
  if (!entry) throw new Error('nothing was read');
  expect(clientMetadata(entry)).toEqual({
    client_id: 'portal',
    client_name: 'Portal',
    application_type: 'web',
    redirect_uris: ['https://portal.example.org/callback'],
    post_logout_redirect_uris: [],
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    response_modes: ['query'],
    scope: 'openid email',
    subject_type: 'pairwise',
    id_token_signed_response_alg: 'ES256',
  });
  expect(corsOrigins(entry)).toEqual([]);
});

test('origins of scripts are those of public clients', () => {
  const { clientSecret, ...rest } = client;
  const redirectUris = ['https://app.example.org/a', 'https://app.example.org/b'];
  const entry = { ...rest, redirectUris, tokenEndpointAuthMethod: 'none' };
  expect(clientSecret).toBeTruthy();
  expect(parseClients([entry], 'clients.json').map(corsOrigins)).toEqual([['https://app.example.org']]);
});

test.each([
  ['http://portal.example.org/callback', false],
  ['http://127.0.0.1:8082/callback', true],
  ['http://[::1]/callback', true],
  ['http://localhost/callback', true],
  ['https://portal.example.org/callback#part', false],
  ['https://*.example.org/callback', false],
  ['https://user@portal.example.org/callback', false],
  ['com.example.app:/callback', false],
  ['javascript:alert(1)', false],
  ['/callback', false],
])('the redirect URI %s may be registered: %s', (uri, isFit) => {
  expect(faultsOf({ ...client, redirectUris: [uri] }) === '').toBe(isFit);
});

test('every fault is told, by its place, and no value is', () => {
  const faults = faultsOf(
    {
      ...client,
      clientSecret: 'too-short-a-secret',
      policy: { ...policy, first: 'sms-code', methods: ['totp'] },
    },
    { ...client, clientId: 'with space', scopes: ['email'], extra: 1 },
    { ...client, redirectUris: ['https://a.example/', 'https://b.example/'] },
  );
  for (const place of ['[0].clientSecret', '[0].policy.first', '[1].clientId', '[2].redirectUris'])
    expect(faults).toContain(place);
  expect(faults).toContain('extra');
  for (const value of ['too-short-a-secret', 'with space', 'a.example']) expect(faults).not.toContain(value);
});

test('a secret stands where one is used, and nowhere else', () => {
  const { clientSecret, ...without } = client;
  expect(faultsOf(without)).toContain('clientSecret');
  expect(faultsOf({ ...client, tokenEndpointAuthMethod: 'none' })).toContain('clientSecret');
  expect(faultsOf(client, { ...client, clientSecret })).toContain('[1].clientId: stands in the file twice');
});

test('openid has to be among the scopes', () => {
  expect(faultsOf({ ...client, scopes: ['email'] })).toContain('scopes: has to contain openid');
});

const ES256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
const RSA = (bits: number) =>
  generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' });
const { clientSecret: _secret, ...withoutSecret } = client;
const withKeys = {
  ...withoutSecret,
  tokenEndpointAuthMethod: 'private_key_jwt',
  jwks: { keys: [ES256] },
};

test.each<[what: string, entry: object, place: string]>([
  ['keys without a method that uses them', { ...client, jwks: { keys: [ES256] } }, 'jwks'],
  ['a method that uses keys, without keys', { ...withKeys, jwks: undefined }, 'jwks'],
  ['keys in two places', { ...withKeys, jwksUri: 'https://portal.example.org/keys' }, 'jwksUri'],
  ['keys, and a secret', { ...withKeys, clientSecret: client.clientSecret }, 'clientSecret'],
  ['no key of the algorithm', { ...withKeys, tokenEndpointAuthSigningAlg: 'PS256' }, 'jwks'],
  [
    'an algorithm that is none',
    { ...withKeys, tokenEndpointAuthSigningAlg: 'none' },
    'tokenEndpointAuthSigningAlg',
  ],
  [
    'an algorithm of the last century',
    { ...withKeys, tokenEndpointAuthSigningAlg: 'RS256' },
    'tokenEndpointAuthSigningAlg',
  ],
  [
    'an algorithm without keys',
    { ...client, tokenEndpointAuthSigningAlg: 'ES256' },
    'tokenEndpointAuthSigningAlg',
  ],
  ['a private key', { ...withKeys, jwks: { keys: [{ ...ES256, d: 'AAAA' }] } }, 'jwks.keys'],
  ['a symmetric key', { ...withKeys, jwks: { keys: [{ kty: 'oct', k: 'AAAA' }] } }, 'jwks.keys'],
  ['a key that is none', { ...withKeys, jwks: { keys: [{ kty: 'EC' }] } }, 'jwks.keys'],
  ['a key that is too short', { ...withKeys, jwks: { keys: [RSA(1024)] } }, 'jwks.keys'],
  ['an address of keys that is none', { ...withKeys, jwks: undefined, jwksUri: 'file:///keys' }, 'jwksUri'],
  ['high security with a secret', { ...client, highSecurity: true }, 'highSecurity'],
  [
    'high security and a switch',
    { ...withKeys, highSecurity: true, compatibility: ['without-pkce'] },
    'compatibility',
  ],
  [
    'high security without TLS',
    { ...withKeys, highSecurity: true, redirectUris: ['http://localhost/'] },
    'redirectUris',
  ],
  [
    'no PKCE for a public client',
    { ...withoutSecret, tokenEndpointAuthMethod: 'none', compatibility: ['without-pkce'] },
    'compatibility',
  ],
  ['a switch that there is not', { ...client, compatibility: ['no-tls'] }, 'compatibility'],
  [
    'an API that cannot authenticate',
    { ...withoutSecret, tokenEndpointAuthMethod: 'none', introspects: ['https://api.example.org/'] },
    'introspects',
  ],
  [
    'an API with a # in its name',
    { ...client, resources: [{ identifier: 'https://api.example.org/#' }] },
    'resources',
  ],
  ['nowhere to go', { ...client, redirectUris: [] }, 'redirectUris'],
])('what does not go together is refused: %s', (_what, entry, place) => {
  expect(faultsOf(entry)).toContain(`[0].${place}`);
});

test('what goes together is taken', () => {
  for (const entry of [
    withKeys,
    { ...withKeys, tokenEndpointAuthSigningAlg: 'PS256', jwks: { keys: [ES256, RSA(2048)] } },
    { ...withKeys, jwks: undefined, jwksUri: 'https://portal.example.org/keys', highSecurity: true },
    { ...withKeys, compatibility: ['without-pkce', 'endpoint-audience'] },
    { ...withoutSecret, tokenEndpointAuthMethod: 'none', dpopBoundAccessTokens: true },
    { ...client, redirectUris: [], introspects: ['https://api.example.org/'] },
  ])
    expect(faultsOf(entry)).toBe('');
});

test('a file that is missing or no JSON is told apart', () => {
  expect(() => readClientsFile('/nowhere/clients.json')).toThrow('cannot be read');
  expect(() => readClientsFile(new URL(import.meta.url).pathname)).toThrow('is not JSON');
});
