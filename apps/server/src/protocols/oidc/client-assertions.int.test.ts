import { createPublicKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';
import {
  assertion,
  assertionParams,
  basic,
  type ClientKey,
  KEYS,
  newKey,
  post,
  proof,
  SECURE_CLIENTS,
  signed,
} from './secure-clients.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation(2, { clients: SECURE_CLIENTS });
});
afterAll(() => at[Symbol.asyncDispose]());

const now = () => Math.floor(Date.now() / 1000);

/** What introspection says to somebody with this assertion: 200 to whoever is the client. */
const ask = (jwt: string, node = 0) =>
  post(`${at.nodes[node]?.url}/oidc/introspect`, { token: 'x', ...assertionParams(jwt) });

const statusFor = async (more: object, header: object = {}, key: ClientKey = KEYS.ledger) =>
  (await ask(await assertion(key, 'ledger', at.issuer, { ...more }, { ...header }))).status;

test('[OIDC-5] a client proves who it is by an assertion signed with its key', async () => {
  expect(await statusFor({})).toBe(200);
  expect(await statusFor({}, { typ: 'JWT' })).toBe(200);
  expect(await statusFor({}, { typ: 'client-authentication+jwt' })).toBe(200);
  expect(await statusFor({}, { kid: undefined })).toBe(200);
  for (const [clientId, key] of [
    ['bank', KEYS.bank],
    ['legacy', KEYS.legacy],
  ] as const)
    expect((await ask(await assertion(key, clientId, at.issuer))).status).toBe(200);
});

const endpoint = () => `${at.issuer}/oidc/introspect`;

/** The forged set: each is in order but for one thing. */
const FORGED: [what: string, claims: () => object, header?: object][] = [
  ['for the endpoint instead of the issuer', () => ({ aud: endpoint() })],
  ['for the token endpoint', () => ({ aud: `${at.issuer}/oidc/token` })],
  ['for a list with the issuer in it', () => ({ aud: [at.issuer] })],
  ['for the issuer and another server', () => ({ aud: [at.issuer, 'https://evil.example'] })],
  ['for the issuer with a slash', () => ({ aud: `${at.issuer}/` })],
  ['for another server', () => ({ aud: 'https://evil.example' })],
  ['for nobody', () => ({ aud: undefined })],
  ['without an end', () => ({ exp: undefined })],
  ['with an end that is text', () => ({ exp: String(now() + 60) })],
  ['that ended a second ago', () => ({ iat: now() - 60, exp: now() - 1 })],
  ['that ends this second', () => ({ iat: now() - 60, exp: now() })],
  ['that lives longer than five minutes', () => ({ exp: now() + 301 })],
  ['that lives longer than five minutes in all', () => ({ iat: now() - 250, exp: now() + 100 })],
  ['that lives for ever', () => ({ exp: now() + 10 * 365 * 86_400 })],
  ['made a minute from now', () => ({ iat: now() + 61, exp: now() + 90 })],
  ['made 20 seconds from now', () => ({ iat: now() + 20, exp: now() + 90 })],
  ['good from a minute from now', () => ({ nbf: now() + 61, exp: now() + 90 })],
  ['good from 20 seconds from now', () => ({ nbf: now() + 20, exp: now() + 90 })],
  ['made at no time', () => ({ iat: 'now' })],
  ['without a jti', () => ({ jti: undefined })],
  ['with a jti that is a number', () => ({ jti: 7 })],
  ['of another client', () => ({ iss: 'bank', sub: 'bank' })],
  ['in the name of another', () => ({ sub: 'bank' })],
  ['issued by another', () => ({ iss: 'bank' })],
  ['without an issuer', () => ({ iss: undefined })],
  ['about nobody', () => ({ sub: undefined })],
  ['of a client that there is not', () => ({ iss: 'nobody', sub: 'nobody' })],
  ['of a client with a secret', () => ({ iss: 'portal', sub: 'portal' })],
  ['of a client without keys', () => ({ iss: 'spa', sub: 'spa' })],
  ['said to be an access token', () => ({}), { typ: 'at+jwt' }],
  ['said to be a proof of possession', () => ({}), { typ: 'dpop+jwt' }],
  ['said to be a logout token', () => ({}), { typ: 'logout+jwt' }],
  ['by a key of another name', () => ({}), { kid: 'another' }],
];

test.each(FORGED)('[OIDC-5] an assertion %s is refused', async (_what, claims, header = {}) => {
  const { status, body } = await ask(
    await assertion(KEYS.ledger, 'ledger', at.issuer, claims() as never, header as never),
  );
  expect([status, body.error]).toEqual([401, 'invalid_client']);
});

test('[OIDC-5] clocks: up to 10 seconds ahead is in order, 11 is not', async () => {
  for (const ahead of [1, 9, 10]) {
    expect(await statusFor({ iat: now() + ahead, exp: now() + 60 })).toBe(200);
    expect(await statusFor({ nbf: now() + ahead, exp: now() + 60 })).toBe(200);
  }
  for (const claim of ['iat', 'nbf']) expect(await statusFor({ [claim]: now() + 13 })).toBe(401);
  expect(await statusFor({ iat: undefined })).toBe(200);
  expect(await statusFor({ exp: now() + 300 })).toBe(200);
  expect(await statusFor({ iat: now() + 9, exp: now() + 9 + 300 })).toBe(200);
});

test('[OIDC-5] the algorithm is the one that the client registered, whatever its key could do', async () => {
  const stranger = newKey('ES256', KEYS.ledger.kid);
  expect(await statusFor({}, {}, stranger)).toBe(401);
  expect(await statusFor({}, {}, { ...newKey('PS256'), kid: KEYS.ledger.kid })).toBe(401);
  // The bank's key is RSA: good for PS256, which it registered, and for others, which it did not.
  for (const alg of ['RS256', 'PS384', 'RS512'])
    expect((await ask(await assertion(KEYS.bank, 'bank', at.issuer, {}, { alg }))).status).toBe(401);
});

test('[OIDC-5] nothing signed with nothing, or with what everybody knows, is an assertion', async () => {
  const [, payload, signature] = (await assertion(KEYS.ledger, 'ledger', at.issuer)).split('.');
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  for (const alg of ['none', 'None', 'NONE', '']) {
    expect((await ask(`${encode({ alg })}.${payload}.`)).status).toBe(401);
    expect((await ask(`${encode({ alg })}.${payload}.${signature}`)).status).toBe(401);
  }
  // The public key, in each form that somebody might take for a secret.
  const spki = createPublicKey(KEYS.ledger.privateKey).export({ type: 'spki', format: 'pem' }).toString();
  for (const secret of [spki, spki.trim(), JSON.stringify(KEYS.ledger.publicJwk)]) {
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
    for (const alg of ['HS256', 'HS384', 'HS512']) {
      const jwt = await new SignJWT({ ...claims, jti: secret + alg })
        .setProtectedHeader({ alg, kid: KEYS.ledger.kid })
        .sign(Buffer.from(secret.padEnd(64)));
      expect((await ask(jwt)).status).toBe(401);
    }
  }
});

test('[OIDC-5] [AVL-1] an assertion is good once: of 16 at once, on two nodes, one', async () => {
  for (let round = 0; round < 4; round++) {
    const jwt = await assertion(KEYS.ledger, 'ledger', at.issuer);
    const all = await Promise.all(Array.from({ length: 16 }, (_, i) => ask(jwt, i % 2)));
    expect(all.map(({ status }) => status).sort()).toEqual([200, ...Array(15).fill(401)]);
    expect((await ask(jwt)).status).toBe(401);
  }
  const jti = 'the same';
  expect(await statusFor({ jti })).toBe(200);
  expect(await statusFor({ jti, exp: now() + 90 })).toBe(401);
  // Names are each client's own.
  expect((await ask(await assertion(KEYS.bank, 'bank', at.issuer, { jti }))).status).toBe(200);
});

test('[OIDC-5] used once is used once around midnight too', async () => {
  const DAY = 86_400;
  at.advance(DAY - (now() % DAY) - 30);
  const jwt = await assertion(KEYS.ledger, 'ledger', at.issuer, { exp: now() + 120 });
  expect((await ask(jwt)).status).toBe(200);
  at.advance(60);
  expect((await ask(jwt)).status).toBe(401);
});

test('a client with keys proves itself in no other way, and others not by keys', async () => {
  const { url } = at;
  const form = { token: 'x', client_id: 'ledger' };
  expect((await post(`${url}/oidc/introspect`, form)).body.error).toBe('invalid_client');
  expect((await post(`${url}/oidc/introspect`, { ...form, client_secret: 'x'.repeat(40) })).status).toBe(401);
  const jwt = await assertion(KEYS.ledger, 'ledger', at.issuer);
  const twice = await post(
    `${url}/oidc/introspect`,
    { token: 'x', ...assertionParams(jwt) },
    basic('ledger', 'x'),
  );
  expect([twice.status, twice.body.error]).toEqual([400, 'invalid_request']);
  const odd = await post(`${url}/oidc/introspect`, {
    token: 'x',
    ...assertionParams(jwt),
    client_assertion_type: 'x',
  });
  expect(odd.status).toBe(400);
  for (const word of ['', 'x', 'a.b', 'a.b.c', 'a.b.c.d.e'])
    expect([400, 401]).toContain((await ask(word)).status);
});

test('[OIDC-7] tokens of another kind are no assertion, though the client signed them', async () => {
  const dpop = await proof(KEYS.ledger, 'POST', endpoint(), {
    iss: 'ledger',
    sub: 'ledger',
    aud: at.issuer,
    exp: now() + 60,
  });
  expect((await ask(dpop)).status).toBe(401);
  const secretless = await signed(KEYS.ledger, { sub: 'ledger' });
  expect((await ask(secretless)).status).toBe(401);
});

test('a client is told what is wrong with what it made; who may be a stranger is not, and the log says it', async () => {
  const told = async (more: object, key = KEYS.ledger) =>
    (await ask(await assertion(key, 'ledger', at.issuer, { ...more }))).body.error_description;
  expect(await told({ aud: [at.issuer] })).toBe(
    `the aud of a client assertion has to be "${at.issuer}", as a string`,
  );
  expect(await told({ exp: now() + 900 })).toBe('a client assertion may live 300 seconds at most');
  expect(await told({ iat: now() + 20 })).toContain('check the clock');
  expect(await told({}, KEYS.bank)).toBe('alg mismatch');
  const grant = { ...assertionParams(await assertion(KEYS.ledger, 'ledger', at.issuer)), code: 'x' };
  const code = { grant_type: 'authorization_code', redirect_uri: 'https://ledger.example.org/callback' };
  expect((await post(`${at.url}/oidc/token`, { ...grant, ...code })).body.error_description).toBe(
    'authorization code not found',
  );

  const before = at.lines.length;
  for (const [clientId, secret] of [
    ['portal', 'wrong'],
    ['nobody', 'wrong'],
    ['ledger', 'wrong'],
  ] as const) {
    const { body } = await post(`${at.url}/oidc/introspect`, { token: 'x' }, basic(clientId, secret));
    expect(body.error_description).toBe('client authentication failed');
  }
  const lines = at.lines.slice(before).map((line) => JSON.parse(line));
  expect(lines.filter(({ msg }) => msg === 'a client was refused').map(({ detail }) => detail)).toEqual([
    'invalid secret provided',
    'client not found',
    'the provided authentication mechanism does not match the registered client authentication method',
  ]);
});
