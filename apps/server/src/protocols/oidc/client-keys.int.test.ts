import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';
import {
  assertion,
  assertionParams,
  type ClientKey,
  KEYS,
  newKey,
  post,
  SECURE_CLIENTS,
} from './secure-clients.fixture.ts';

let at: OidcInstallation;
let keyServer: Awaited<ReturnType<typeof serveKeys>>;
beforeAll(async () => {
  keyServer = await serveKeys();
  const far = {
    ...SECURE_CLIENTS.find(({ clientId }) => clientId === 'ledger'),
    clientId: 'far',
    jwks: undefined,
    jwksUri: keyServer.uri,
  };
  const hidden = { ...far, clientId: 'hidden', jwksUri: keyServer.uri.replace('127.0.0.1', 'localhost') };
  at = await oidcInstallation(2, {
    clients: [...SECURE_CLIENTS, far, hidden].map((one) => JSON.parse(JSON.stringify(one))),
    allowedHosts: [new URL(keyServer.uri).host],
  });
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  keyServer.server.close();
});

/** Where a client keeps its public keys. */
async function serveKeys() {
  const state = { keys: [] as object[], asked: 0, status: 200, held: Promise.resolve() };
  const server = createServer((_request, response) => {
    state.asked += 1;
    response.writeHead(state.status, { 'cache-control': 'max-age=31536000', location: '/elsewhere' });
    state.held.then(() => response.end(JSON.stringify({ keys: state.keys })));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, state, uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys` };
}

/** What introspection says to somebody with this assertion: 200 to whoever is the client. */
const ask = (jwt: string, node = 0) =>
  post(`${at.nodes[node]?.url}/oidc/introspect`, { token: 'x', ...assertionParams(jwt) });

const statusFor = async (more: object, header: object = {}, key: ClientKey = KEYS.ledger) =>
  (await ask(await assertion(key, 'ledger', at.issuer, { ...more }, { ...header }))).status;

test('[OIDC-5] [OIDC-7] a key, or where to find one, in the header changes nothing', async () => {
  const stranger = newKey('ES256');
  const { asked } = keyServer.state;
  keyServer.state.keys = [stranger.publicJwk];
  for (const header of [
    { jwk: stranger.publicJwk },
    { jku: keyServer.uri },
    { x5u: keyServer.uri },
    { x5c: ['AAAA'] },
  ]) {
    expect(await statusFor({}, { kid: KEYS.ledger.kid, ...header }, stranger)).toBe(401);
    expect(await statusFor({}, { ...header, kid: stranger.kid }, stranger)).toBe(401);
    expect(await statusFor({}, header)).toBe(200);
  }
  expect(keyServer.state.asked).toBe(asked);
});

test('[WEB-6] [OIDC-5] keys are read at the address of the client, within bounds, and not for long', async () => {
  const [first, second] = [newKey('ES256'), newKey('ES256')];
  const { state } = keyServer;
  const statusWith = async (key: ClientKey, clientId = 'far') =>
    (await ask(await assertion(key, clientId, at.issuer))).status;
  Object.assign(state, { keys: [first.publicJwk], asked: 0 });
  expect([await statusWith(first), await statusWith(first), state.asked]).toEqual([200, 200, 1]);
  // A new key is found without a restart; an old one is no longer believed, whatever the address promised.
  state.keys = [second.publicJwk];
  at.advance(301);
  expect([await statusWith(second), await statusWith(first)]).toEqual([200, 401]);
  // An address that is not public, and not named by the administrator, is not asked.
  const { asked } = state;
  expect([await statusWith(second, 'hidden'), state.asked]).toEqual([401, asked]);
  // No redirect, nothing that is no key set.
  for (const broken of [
    { status: 302 },
    { status: 500 },
    { keys: 'none' as never },
    { keys: [{ kty: 'oct', k: 'AAAA' }] },
  ]) {
    at.advance(301);
    Object.assign(state, { status: 200, keys: [second.publicJwk] }, broken);
    expect(await statusWith(second)).toBe(401);
  }
});

test('[AVL-1] while the keys of one client do not come, everybody else is served', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const key = newKey('ES256');
  Object.assign(keyServer.state, { status: 200, keys: [key.publicJwk], held: promise, asked: 0 });
  at.advance(301);
  // More than there are connections to the database.
  let answered = 0;
  const waiting = Array.from({ length: 60 }, async () => {
    await ask(await assertion(key, 'far', at.issuer));
    answered += 1;
  });
  await expect.poll(() => keyServer.state.asked).toBeGreaterThan(0);
  expect(await statusFor({})).toBe(200);
  expect(answered).toBe(0);
  resolve();
  await Promise.all(waiting);
});
