import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outcome, signIn, tryPassword } from '../setup/journeys.ts';
import { percentile, timed } from '../setup/latency.ts';
import { type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';
import { headOf, openRaw, pour } from '../setup/raw-http.ts';
import { residentMib } from '../setup/resident-memory.ts';

const MIB = 1024 * 1024;

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

const send = async (path: string, body: string, headers: Record<string, string> = JSON_TYPE) => {
  const answer = await on.browser().request('POST', path, body, headers);
  const text = await answer.text();
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text };
};
const withPassword = (more: string) => `{"identifier":"a@example.org","password":"x"${more}}`;

test.each([
  ['nothing strange', withPassword(''), '422 sign-in-refused', undefined],
  ['an unknown member', withPassword(',"admin":true'), '400 bad-input', 'unknown'],
  ['a member twice', withPassword(',"password":"y"'), '400 bad-input', 'duplicate'],
  ['a member twice, once in disguise', withPassword(',"p\\u0061ssword":"y"'), '400 bad-input', 'duplicate'],
  [
    'what is nested too deeply',
    withPassword(`,"a":${'['.repeat(21)}${']'.repeat(21)}`),
    '400 bad-input',
    'depth',
  ],
  ['what is nested to no end', '['.repeat(60_000), '400 bad-input', 'depth'],
  ['a prototype', withPassword(',"__proto__":{"isAdmin":true}'), '400 bad-input', 'json'],
  ['a constructor', withPassword(',"constructor":{"prototype":{"a":1}}'), '400 bad-input', 'json'],
  ['65 KiB', withPassword(`,"a":"${'x'.repeat(65 * 1024)}"`), '413 body-too-large', undefined],
])('[WEB-3] %s in a body', async (_what, body, expected, rule) => {
  const answer = await send('/api/sign-in/password', body);
  expect([outcome(answer), answer.body.fields?.[0]?.rule]).toEqual([expected, rule]);
});

test('[WEB-3] every body of the API says what it may hold, and takes nothing else', async () => {
  const { body } = await on
    .browser()
    .get<{ paths: Record<string, Record<string, unknown>> }>('/openapi.json');
  const open: string[] = [];
  const visit = (schema: unknown, where: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    if (
      'properties' in schema &&
      !('additionalProperties' in schema && schema.additionalProperties === false)
    )
      open.push(where);
    for (const [name, inner] of Object.entries(schema)) visit(inner, `${where}.${name}`);
  };
  for (const [path, methods] of Object.entries(body.paths))
    for (const [method, { requestBody }] of Object.entries(methods) as [string, { requestBody?: unknown }][])
      visit(requestBody, `${method} ${path}`);
  // What browsers say of a passkey or of a push service may have members that came later: they are dropped.
  expect(open.filter((where) => !/credential|passkey|response|subscription/i.test(where))).toEqual([]);
});

test('[WEB-3] OpenID Connect ignores parameters it does not know, and refuses repeated ones', async () => {
  const redirect = 'redirect_uri=http%3A%2F%2F127.0.0.1%3A8083%2Fcallback';
  const query = `client_id=claims&response_type=code&${redirect}`;
  const form = `grant_type=authorization_code&code=x&client_id=claims&${redirect}&code_verifier=${'v'.repeat(43)}`;
  const pkce =
    '&scope=openid&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
  const unknown = await on
    .browser()
    .request('GET', `/oidc/authorize?${query}${pkce}&colour=blue&__proto__=1`);
  expect([unknown.status, unknown.headers.get('location')]).toEqual([
    303,
    expect.stringContaining('/sign-in'),
  ]);
  const twice = await on.browser().request('GET', `/oidc/authorize?${query}${pkce}&scope=email`);
  expect([twice.status, await twice.text()]).toEqual([
    expect.any(Number),
    expect.not.stringContaining('interaction'),
  ]);
  const token = async (body: string) => {
    const headers = { ...FORM_TYPE, host: new URL(on.server.issuer).host };
    return (await fetch(`${on.server.url}/oidc/token`, { method: 'POST', headers, body })).json();
  };
  expect(await token(`${form}&colour=blue`)).toMatchObject({ error: 'invalid_grant' });
  expect(await token(`${form}&code=y`)).toEqual({
    error: 'invalid_request',
    error_description: expect.stringContaining("'code' parameter must not be provided twice"),
  });
});

test.each(['/api/sign-in/password', '/oidc/token', '/api/account/photo'])(
  '[WEB-3] a body that is packed is not unpacked: %s',
  async (path) => {
    const bomb = gzipSync(Buffer.alloc(40 * MIB));
    const before = residentMib(on.server.process.pid);
    for (const encoding of ['gzip', 'br', 'deflate', 'gzip, gzip']) {
      const { socket, closed, text } = await openRaw(on.server.url);
      const headers = { ...JSON_TYPE, 'content-encoding': encoding, 'content-length': String(bomb.length) };
      socket.write(headOf(on.server.issuer, 'POST', path, { ...headers, connection: 'close' }));
      socket.write(bomb);
      await closed(5_000);
      expect(text()).toMatch(/^HTTP\/1\.1 (415|404) /);
    }
    expect(residentMib(on.server.process.pid) - before).toBeLessThan(30);
  },
);

const LARGE = 100;

/** Sends a body of 100 MiB as far as it is taken. @returns the answer's beginning, and how many MiB were taken */
async function sendLarge(method: string, path: string, isAnnounced: boolean) {
  const connection = await openRaw(on.server.url);
  const length = isAnnounced ? { 'content-length': String(LARGE * MIB) } : { 'transfer-encoding': 'chunked' };
  connection.socket.write(headOf(on.server.issuer, method, path, { ...JSON_TYPE, ...length }));
  const piece = Buffer.alloc(MIB, 'a');
  const chunk = isAnnounced ? piece : Buffer.concat([Buffer.from('100000\r\n'), piece, Buffer.from('\r\n')]);
  const taken = await pour(connection, chunk, LARGE);
  await connection.closed(5_000);
  return { status: connection.text().slice(0, 12), mib: taken / MIB };
}

test(`[WEB-3] of a body of ${LARGE} MiB the server takes little, says so and closes`, async () => {
  const before = residentMib(on.server.process.pid);
  const paths = [
    ['POST', '/api/sign-in/password', 413],
    ['POST', '/api/account/language', 413],
    ['POST', '/oidc/token', 413],
    ['POST', '/nothing', 413],
    ['GET', '/api/session', 200],
    ['GET', '/healthz', 200],
  ] as const;
  const sent = paths.flatMap(([method, path, status]) =>
    [true, false].map(async (isAnnounced) => {
      const { status: answered, mib } = await sendLarge(method, path, isAnnounced);
      // The library of OpenID Connect counts by itself what was not announced.
      const expected = path === '/oidc/token' && !isAnnounced ? 400 : status;
      expect([path, isAnnounced, answered]).toEqual([path, isAnnounced, `HTTP/1.1 ${expected}`]);
      expect(mib).toBeLessThan(20);
    }),
  );
  await Promise.all(sent);
  expect(residentMib(on.server.process.pid) - before).toBeLessThan(60);
});

test('[WEB-3] 500 slow connections: honest sign-ins go on, and who sends no headers in ten seconds is let go', async () => {
  const holders = await on.holders(30);
  // What the machine does by itself: other tests may be running.
  const usual = percentile(await timed(10, 1, (nth) => signIn(on, on.browser(), holders[20 + nth]!)), 0.95);
  const head = headOf(on.server.issuer, 'POST', '/api/sign-in/password', {
    ...JSON_TYPE,
    'content-length': '60000',
  });
  const slow = await Promise.all(
    Array.from({ length: 500 }, async (_, nth) => {
      const connection = await openRaw(on.server.url);
      connection.socket.write(nth % 2 === 0 ? head.slice(0, -2) : head);
      return connection;
    }),
  );
  const openedMs = performance.now();
  const dripping = setInterval(() => {
    for (const { socket } of slow) if (socket.writable) socket.write('x');
  }, 2_000);
  const signIns = await timed(20, 1, (nth) => signIn(on, on.browser(), holders[nth]!));
  expect(percentile(signIns, 0.95)).toBeLessThan(Math.max(1_000, 3 * usual));

  await Promise.all(slow.map(({ closed }, nth) => nth % 2 === 0 && closed(20_000)));
  clearInterval(dripping);
  expect(performance.now() - openedMs).toBeGreaterThan(8_000);
  expect(slow[0]?.text()).toMatch(/^HTTP\/1\.1 408 /);
  for (const { socket } of slow) socket.destroy();
  expect(outcome(await tryPassword(on.browser(), holders[0]!.email, 'wrong'))).toBe('422 sign-in-refused');
});
