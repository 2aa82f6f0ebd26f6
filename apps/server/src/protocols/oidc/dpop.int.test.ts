import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';
import { ath, newKey, post, proof, SECURE_CLIENTS } from './secure-clients.fixture.ts';
import {
  authenticated,
  call,
  OFFLINE,
  push,
  pushed,
  redeemAs,
  refreshAs,
  requestOf,
  signInTo,
  userinfoAs,
} from './secure-flow.fixture.ts';

const DAY = 24 * 60 * 60;

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation(2, { clients: SECURE_CLIENTS });
});
afterAll(() => at[Symbol.asyncDispose]());

const userinfoUrl = () => `${at.issuer}/oidc/userinfo`;
const now = () => Math.floor(Date.now() / 1000);

const withProof = async (token: string, dpop: string) =>
  (await userinfoAs(at, token, { authorization: `DPoP ${token}`, dpop })).status;

test.each(['wallet', 'shop', 'ledger'])(
  'tokens of %s are bound to the key that it proved',
  async (clientId) => {
    const [key, other] = [newKey('ES256'), newKey('Ed25519')];
    const { status, body } = await signInTo(at, clientId, { key });
    expect([status, body.token_type]).toEqual([200, 'DPoP']);
    const token = body.access_token;
    const good = () => proof(key, 'GET', userinfoUrl(), { ath: ath(token) });
    expect(await withProof(token, await good())).toBe(200);
    expect((await userinfoAs(at, token)).status).toBe(401);
    expect(
      (await userinfoAs(at, token, { authorization: `Bearer ${token}`, dpop: await good() })).status,
    ).toBe(400);
    expect(await withProof(token, await proof(other, 'GET', userinfoUrl(), { ath: ath(token) }))).toBe(401);
  },
);

const BAD_PROOFS: [what: string, more: () => object, header?: object][] = [
  ['for another method', () => ({ htm: 'POST' })],
  ['for another address', () => ({ htu: 'https://evil.example/oidc/userinfo' })],
  ['for another endpoint', () => ({ htu: `${at.issuer}/oidc/token` })],
  ['for no address', () => ({ htu: undefined })],
  ['for another token', () => ({ ath: ath('another') })],
  ['for no token', () => ({ ath: undefined })],
  ['without a jti', () => ({ jti: undefined })],
  ['without a time', () => ({ iat: undefined })],
  ['of ten minutes ago', () => ({ iat: now() - 600 })],
  ['of ten minutes from now', () => ({ iat: now() + 600 })],
  ['with a nonce that is not ours', () => ({ nonce: 'x' })],
  ['that is another kind of token', () => ({}), { typ: 'JWT' }],
  ['without a type', () => ({}), { typ: undefined }],
  ['without a key', () => ({}), { jwk: undefined }],
];

test.each(BAD_PROOFS)('[OIDC-7] a proof %s is refused', async (_what, more, header = {}) => {
  const key = newKey('ES256');
  const { body } = await signInTo(at, 'wallet', { key });
  const claims = { ath: ath(body.access_token), ...more() };
  const { status, headers } = await userinfoAs(at, body.access_token, {
    authorization: `DPoP ${body.access_token}`,
    dpop: await proof(key, 'GET', userinfoUrl(), claims, header as never),
  });
  expect([400, 401]).toContain(status);
  expect(headers.get('www-authenticate')).toMatch(/^DPoP .*error=/);
});

test('[OIDC-7] a proof with a private key in it, or by another key than it names, is refused', async () => {
  const [key, other] = [newKey('ES256'), newKey('ES256')];
  const { body } = await signInTo(at, 'wallet', { key });
  const claims = { ath: ath(body.access_token) };
  const wholeKey = key.privateKey.export({ format: 'jwk' });
  for (const dpop of [
    await proof(key, 'GET', userinfoUrl(), claims, { jwk: wholeKey }),
    await proof({ ...other, publicJwk: key.publicJwk }, 'GET', userinfoUrl(), claims),
  ])
    expect([400, 401]).toContain(await withProof(body.access_token, dpop));
});

test('[AVL-1] a proof is good once: of 16 at once, on two nodes, one', async () => {
  const key = newKey('ES256');
  const token = (await signInTo(at, 'wallet', { key })).body.access_token;
  const dpop = await proof(key, 'GET', userinfoUrl(), { ath: ath(token) });
  const all = await Promise.all(
    Array.from({ length: 16 }, async (_, i) => {
      const response = await fetch(`${at.nodes[i % 2]?.url}/oidc/userinfo`, {
        headers: { authorization: `DPoP ${token}`, dpop },
      });
      return response.status;
    }),
  );
  expect(all.sort()).toEqual([200, ...Array(15).fill(401)]);
  // One that is of the future is remembered for as long as it is good.
  const early = await proof(key, 'GET', userinfoUrl(), { ath: ath(token), iat: now() + 290 });
  expect(await withProof(token, early)).toBe(200);
  at.advance(400);
  expect(await withProof(token, early)).toBe(401);
});

test('a nonce helps a client whose clock is wrong', async () => {
  const key = newKey('ES256');
  const form = { ...(await authenticated(at, 'wallet')), grant_type: 'refresh_token', refresh_token: 'x' };
  const url = `${at.issuer}/oidc/token`;
  const early = await proof(key, 'POST', url, { iat: now() - 3600 });
  const first = await post(`${at.url}/oidc/token`, form, { dpop: early });
  expect(first.body.error).toBe('use_dpop_nonce');
  const nonce = first.headers.get('dpop-nonce') ?? '';
  const dpop = await proof(key, 'POST', url, { iat: now() - 3600, nonce });
  expect((await post(`${at.url}/oidc/token`, form, { dpop })).body.error).toBe('invalid_grant');
});

test('a code that was asked for with a key is good with that key alone', async () => {
  const [key, other] = [newKey('ES256'), newKey('ES256')];
  const { browser } = await at.signedIn(await at.account());
  const code = async () => {
    const request = requestOf('shop');
    const going = pushed('shop', request, await push(at, 'shop', request, key));
    return { request, to: (await walk(at, browser, going)).to };
  };
  for (const stolen of [undefined, other]) {
    const { request, to } = await code();
    const { body } = await redeemAs(at, 'shop', request, to, (stolen && { key: stolen }) as never);
    expect(body.error).toBe('invalid_grant');
  }
  const { request, to } = await code();
  expect((await redeemAs(at, 'shop', request, to, { key } as never)).status).toBe(200);
});

test('a client that binds its tokens gets none without a proof', async () => {
  const { browser } = await at.signedIn(await at.account());
  const request = requestOf('wallet');
  const { to } = await walk(at, browser, request);
  expect((await redeemAs(at, 'wallet', request, to)).body.error).toBe('invalid_grant');
});

test('[OIDC-4] the refresh token of a public client is bound to its key, and rotates all the same', async () => {
  const [key, other] = [newKey('ES256'), newKey('ES256')];
  const { body } = await signInTo(at, 'wallet', { ...OFFLINE, key });
  for (const wrong of [{}, { key: other }])
    expect((await refreshAs(at, 'wallet', body.refresh_token, wrong as never)).body.error).toBe(
      'invalid_grant',
    );
  const next = await refreshAs(at, 'wallet', body.refresh_token, { key } as never);
  expect([next.status, next.body.token_type]).toEqual([200, 'DPoP']);
  expect(next.body.refresh_token).not.toBe(body.refresh_token);
  expect((await refreshAs(at, 'wallet', body.refresh_token, { key } as never)).body.error).toBe(
    'invalid_grant',
  );
  expect((await refreshAs(at, 'wallet', next.body.refresh_token, { key } as never)).body.error).toBe(
    'invalid_grant',
  );
});

test('[OIDC-4] a client that authenticates and binds its tokens keeps its refresh token: 7 days unused, 30 in all', async () => {
  const key = newKey('ES256');
  const { body } = await signInTo(at, 'bank', { ...OFFLINE, key, par: true });
  const again = () => refreshAs(at, 'bank', body.refresh_token, { key } as never);
  const many = await Promise.all(Array.from({ length: 8 }, again));
  for (const answer of many)
    expect([answer.status, answer.body.refresh_token]).toEqual([200, body.refresh_token]);
  // Whoever stole it is neither the client nor has its key.
  expect(
    (
      await call(
        at,
        '/oidc/token',
        'ledger',
        { grant_type: 'refresh_token', refresh_token: body.refresh_token },
        key,
      )
    ).body.error,
  ).toBe('invalid_grant');
  expect((await refreshAs(at, 'bank', body.refresh_token)).body.error).toBe('invalid_grant');
  const idle = await signInTo(at, 'bank', { ...OFFLINE, key, par: true });
  for (let day = 6; day <= 24; day += 6) {
    at.advance(6 * DAY);
    expect((await again()).status).toBe(200);
  }
  expect((await refreshAs(at, 'bank', idle.body.refresh_token, { key } as never)).body.error).toBe(
    'invalid_grant',
  );
  at.advance(6 * DAY - 60);
  expect((await again()).status).toBe(200);
  at.advance(120);
  expect((await again()).body.error).toBe('invalid_grant');
});

test('jti of one client say nothing of another’s', async () => {
  const jti = randomUUID();
  const form = { grant_type: 'refresh_token', refresh_token: 'x' };
  for (const clientId of ['wallet', 'shop']) {
    const dpop = await proof(newKey('ES256'), 'POST', `${at.issuer}/oidc/par`, { jti });
    const request = Object.fromEntries(requestOf(clientId).query);
    expect(
      (await post(`${at.url}/oidc/par`, { ...(await authenticated(at, clientId)), ...request }, { dpop }))
        .status,
    ).toBe(201);
  }
  expect(form.grant_type).toBe('refresh_token');
});
