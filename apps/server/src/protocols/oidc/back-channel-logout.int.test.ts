import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import type { Session } from '../../gate/model.ts';
import { endEverything, liveness } from '../../gate/sessions.ts';
import { logoutStore } from '../../stores/oidc/logout.store.ts';
import { claimsIn, flow, redeem, type Tokens, walk } from './client.fixture.ts';
import { CLIENTS } from './clients.fixture.ts';
import { parseClients } from './clients-file.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';

/** What relying parties were sent, and how they answer. */
interface Call {
  path: string;
  type: string | undefined;
  token: string;
}
let calls: Call[] = [];
let answer = (_call: Call): number | undefined => 200;

let parties: Server;
let at: OidcInstallation;
beforeAll(async () => {
  parties = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const token = new URLSearchParams(body).get('logout_token') ?? '';
    const call = { path: request.url ?? '', type: request.headers['content-type'], token };
    calls.push(call);
    const status = answer(call);
    if (status !== undefined) response.writeHead(status, { location: '/elsewhere' }).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => parties.once('listening', resolve));
  const host = `127.0.0.1:${(parties.address() as AddressInfo).port}`;
  at = await oidcInstallation(2, { allowedHosts: [host] });
  const told = CLIENTS.map((entry) => ({
    ...entry,
    backchannelLogoutUri: `http://${host}/${entry.clientId}`,
  }));
  const unsafe = { ...CLIENTS[1], clientId: 'unsafe', backchannelLogoutUri: 'http://127.0.0.1:1/' };
  await at.gate.transaction(async (tx) => {
    for (const entry of parseClients([...told.slice(0, 2), unsafe], 'here'))
      await at.relyingParties.save(tx, entry, 'config', at.gate.clock.now());
  });
});
afterAll(async () => {
  parties.closeAllConnections();
  parties.close();
  await at[Symbol.asyncDispose]();
});
beforeEach(async () => {
  calls = [];
  answer = () => 200;
  await at.db.deleteFrom('logout_notice').execute();
});

interface SignedIn {
  browser: HttpBrowser;
  session: Session;
  tokens: Record<string, Tokens>;
}

async function signedIn(...clientIds: string[]): Promise<SignedIn> {
  const { browser, session } = await at.signedIn(await at.account());
  return { browser, session, tokens: await signInAt(browser, clientIds) };
}

async function signInAt(browser: HttpBrowser, clientIds: string[]): Promise<Record<string, Tokens>> {
  const tokens: Record<string, Tokens> = {};
  for (const clientId of clientIds) {
    const redirect_uri = CLIENTS[clientId === 'portal' ? 0 : clientId === 'desktop' ? 3 : 1].redirectUris[0];
    const request = flow(clientId, { redirect_uri });
    tokens[clientId] = (await redeem(at.url, request, (await walk(at, browser, request)).to)).body;
  }
  return tokens;
}

/** Both nodes look once, and have told what they found. */
async function tell(): Promise<void> {
  await Promise.all(at.nodes.map(({ oidc }) => oidc.backChannel.poll()));
  await expect.poll(leased, { timeout: 15_000 }).toBe(0);
}

const leased = async () =>
  (await notices()).filter(({ leased_until }) => leased_until && leased_until > at.gate.clock.now()).length;
const notices = () => at.db.selectFrom('logout_notice').selectAll().execute();
const end = ({ session }: SignedIn) =>
  at.gate.transaction((tx) => at.gate.sessions.end(tx, session, at.gate.clock.now()));

async function isOurs(jwt: string): Promise<boolean> {
  const [header = '', payload = '', signature = ''] = jwt.split('.');
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
  const { keys } = (await (await fetch(`${at.url}/oidc/jwks`)).json()) as {
    keys: (JsonWebKey & { kid: string })[];
  };
  const jwk = keys.find((one) => one.kid === kid);
  const key = createPublicKey({ key: jwk ?? {}, format: 'jwk' });
  const options = { key, dsaEncoding: 'ieee-p1363' } as const;
  return verify('sha256', Buffer.from(`${header}.${payload}`), options, Buffer.from(signature, 'base64url'));
}

test('[OIDC-8] who signs out is signed out of every portal that wants to know, by a token good for two minutes', async () => {
  const { browser, session, tokens } = await signedIn('portal', 'spa');
  const page = await (await browser.request('GET', '/oidc/sign-out')).text();
  const ticket = /name="ticket" value="([^"]+)"/.exec(page)?.[1] ?? '';
  await browser.request(
    'POST',
    '/oidc/sign-out/confirm',
    new URLSearchParams({ ticket, choice: 'everywhere' }).toString(),
    { 'content-type': 'application/x-www-form-urlencoded' },
  );
  expect(calls).toEqual([]); // nobody waits for portals
  at.advance(120); // told later, the token is as young
  await tell();
  expect(calls.map(({ path }) => path).sort()).toEqual(['/portal', '/spa']);
  for (const { path, type, token } of calls) {
    const idToken = claimsIn(tokens[path.slice(1)]?.id_token ?? '');
    const { iat, exp, jti, ...claims } = claimsIn(token) as { iat: number; exp: number; jti: string };
    expect(claims).toEqual({
      iss: at.issuer,
      aud: path.slice(1),
      sub: idToken.sub,
      sid: idToken.sid,
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    });
    expect(typeof idToken.sid).toBe('string');
    expect([exp - iat, Math.abs(iat - at.gate.clock.nowMs() / 1000) < 30, jti.length]).toEqual([
      120,
      true,
      43,
    ]);
    expect(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())).toMatchObject({
      typ: 'logout+jwt',
      alg: 'ES256',
    });
    expect(await isOurs(token)).toBe(true);
    expect(type).toBe('application/x-www-form-urlencoded');
  }
  expect(calls[0] && claimsIn(calls[0].token).jti).not.toBe(calls[1] && claimsIn(calls[1].token).jti);
  await tell();
  expect(calls).toHaveLength(2);
  expect(session.id).not.toBe(claimsIn(calls[0]?.token ?? '').sid);
});

test('[OIDC-8] however sessions end, portals are told, each of its own sessions', async () => {
  const { gate } = at;
  const now = () => gate.clock.now();
  const ways: Record<string, (session: Session) => Promise<unknown>> = {
    'one of the list': (session) => gate.transaction((tx) => gate.sessions.end(tx, session, now())),
    'all others': (session) =>
      gate.transaction((tx) => gate.sessions.endAll(tx, session.accountId, null, now())),
    'password, second factor, recovery': (session) =>
      gate.transaction((tx) => endEverything(gate, tx, session.accountId)),
    'the 21st session': (session) =>
      gate.transaction((tx) => gate.sessions.endBeyond(tx, session.accountId, 0, liveness(gate))),
  };
  for (const [name, way] of Object.entries(ways)) {
    const one = await signedIn('portal');
    calls = [];
    await way(one.session);
    await tell();
    expect(
      calls.map(({ token }) => claimsIn(token).sid),
      name,
    ).toEqual([claimsIn(one.tokens.portal?.id_token ?? '').sid]);
  }
  const kept = await signedIn('portal');
  await gate.transaction((tx) => gate.sessions.endAll(tx, kept.session.accountId, kept.session.id, now()));
  await gate
    .transaction(async (tx) => {
      await gate.sessions.end(tx, kept.session, now());
      throw new Error('undone');
    })
    .catch(() => undefined);
  const silent = await signedIn('desktop');
  await end(silent);
  expect(await notices()).toEqual([]);
});

test('[OIDC-8] a portal that is down is told again, with growing pauses and a new token, and given up after ten', async () => {
  answer = ({ path }) => (path === '/spa' ? 503 : 200);
  const one = await signedIn('portal', 'spa');
  await end(one);
  await tell();
  expect(calls.map(({ path }) => path).sort()).toEqual(['/portal', '/spa']);
  const pauses: number[] = [];
  for (let failures = 1; failures < 10; failures++) {
    const [notice] = await notices();
    expect(notice).toMatchObject({ client_id: 'spa', attempts: failures });
    const pauseMs = (notice?.due_at.getTime() ?? 0) - at.gate.clock.nowMs();
    pauses.push(pauseMs);
    await tell();
    expect(calls).toHaveLength(1 + failures); // not before it is due
    at.advance(Math.ceil(pauseMs / 1000) + 1);
    await tell();
  }
  expect(pauses[0]).toBeGreaterThan(0);
  expect(pauses[8]).toBeGreaterThan(32 * 60_000);
  expect(await notices()).toEqual([]);
  expect((await logoutStore(at.db).dead(1))[0]).toMatchObject({
    clientId: 'spa',
    sessionId: one.session.id,
    attempts: 10,
    reason: 'answered 503',
  });
  const ids = calls.filter(({ path }) => path === '/spa').map(({ token }) => claimsIn(token).jti);
  expect(new Set(ids).size).toBe(10);
  expect(at.lines.join('')).toContain('back-channel logout given up');
});

test.each([
  [200, true],
  [204, true],
  [302, false],
  [400, false],
  [501, false],
])('[OIDC-8] an answer of %d: whether that is enough: %s', async (status, isEnough) => {
  answer = () => status;
  const one = await signedIn('portal');
  await end(one);
  await tell();
  expect(calls.map(({ path }) => path)).toEqual(['/portal']);
  expect((await notices()).length === 0).toBe(isEnough);
});

test('[WEB-6] a portal at an address that nobody named is not called', async () => {
  const one = await signedIn('unsafe');
  await end(one);
  await tell();
  expect(await notices()).toMatchObject([{ client_id: 'unsafe', attempts: 1 }]);
  expect(at.lines.join('')).toContain('not https');
});

test('[AVL-2] what a node had taken when it was killed is told by another, once its lease is over', async () => {
  const one = await signedIn('portal');
  await end(one);
  const now = at.gate.clock.now();
  const leasedUntil = new Date(now.getTime() + 30_000);
  const lease = { now, leasedUntil, parties: 8, perParty: 8, busy: [] };
  expect(await logoutStore(at.db).lease(lease)).toHaveLength(1);
  await Promise.all(at.nodes.map(({ oidc }) => oidc.backChannel.poll()));
  expect(calls).toEqual([]);
  at.advance(31);
  await tell();
  expect(calls).toHaveLength(1);
});

test('[AVL-1] of many notices on two nodes each is told once, and a portal that hangs holds up no other', async () => {
  answer = ({ path }) => (path === '/spa' ? undefined : 200);
  const { browser, session } = await at.signedIn(await at.account());
  await signInAt(browser, ['portal', 'spa']);
  await end({ browser, session, tokens: {} });
  const left = await notices();
  const copies = Array.from({ length: 50 }, (_, index) => {
    const session_id = `${session.id.slice(0, -4)}${index.toString(16).padStart(4, '0')}`;
    return left.map((row) => ({ ...row, session_id, sid: `s${index}` }));
  }).flat();
  await at.db.insertInto('logout_notice').values(copies).execute();
  await Promise.all(at.nodes.map(({ oidc }) => oidc.backChannel.poll()));
  const told = () => calls.filter(({ path }) => path === '/portal').map(({ token }) => claimsIn(token).sid);
  await expect.poll(() => told().length, { timeout: 15_000 }).toBe(51);
  expect(new Set(told()).size).toBe(51);
  // Eight at a time of each node.
  expect(calls.filter(({ path }) => path === '/spa').length).toBeLessThanOrEqual(16);
  parties.closeAllConnections();
  await at.db.deleteFrom('logout_notice').execute();
});
