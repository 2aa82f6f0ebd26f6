import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ISSUER, OWN, testApp } from './app.fixture.ts';
import type { App } from './app.ts';

let app: App;
beforeAll(async () => {
  ({ app } = await testApp({
    pageNotFound: (_request, reply) => reply.code(404).type('text/html').send('<p>'),
  }));
});
afterAll(() => app.close());

const good = { email: 'a@example.org', password: 'correct horse' };
const post = (payload: unknown, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/api/echo',
    payload: payload as string,
    headers: { ...OWN, ...headers },
  });

test('an answer carries the id of its request, made by us', async () => {
  const answer = await app.inject({ url: '/api/echo', headers: { ...OWN, 'x-request-id': 'theirs' } });
  expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
});

test('what breaks the schema is named field by field, and nothing of it is repeated', async () => {
  const answer = await post({ email: 'canary', password: 'short', admin: true });
  expect(answer.statusCode).toBe(400);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.json()).toEqual({
    type: `${ISSUER}/problems/bad-input`,
    title: 'The request is not well formed',
    status: 400,
    requestId: answer.headers['x-request-id'],
    fields: [
      { path: 'email', rule: 'email' },
      { path: 'password', rule: 'too-short' },
      { path: 'admin', rule: 'unknown' },
    ],
  });
  expect(answer.body).not.toContain('canary');
});

test.each<[string, unknown, Record<string, string>, number, string]>([
  ['no body', '', { 'content-type': 'application/json' }, 400, 'bad-input'],
  ['a body cut off', '{"email"', { 'content-type': 'application/json' }, 400, 'bad-input'],
  ['a prototype key', '{"__proto__":{}}', { 'content-type': 'application/json' }, 400, 'bad-input'],
  ['an array', [], {}, 400, 'bad-input'],
  ['text', 'a', { 'content-type': 'text/plain' }, 415, 'media-type-not-accepted'],
  ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'media-type-not-accepted'],
  ['too much', { ...good, password: 'x'.repeat(1_100_000) }, {}, 413, 'body-too-large'],
])('[WEB-7] %s is answered with a problem', async (_name, payload, headers, status, slug) => {
  const answer = await post(payload, headers);
  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toMatchObject({ type: `${ISSUER}/problems/${slug}`, status });
});

test('people who have proven nothing may post 64 KiB at most', async () => {
  const { app: fresh } = await testApp();
  const schema = { hide: true };
  fresh.post('/api/sign-in/password', { schema }, () => 'taken');
  fresh.post('/api/account/photo', { schema }, () => 'taken');
  const send = async (url: string, bytes: number) => {
    const payload = { x: 'x'.repeat(bytes) };
    return (await fresh.inject({ method: 'POST', url, payload, headers: OWN })).statusCode;
  };
  expect(await send('/api/sign-in/password', 60_000)).toBe(200);
  expect(await send('/api/sign-in/password', 66_000)).toBe(413);
  expect(await send('/api/account/photo', 1_000_000)).toBe(200);
  expect(await send('/api/account/photo', 1_050_000)).toBe(413);
  await fresh.close();
});

test('[WEB-7] an error of ours is a bare 500: no message, no stack, an id to find it by', async () => {
  const { app: broken, lines } = await testApp();
  const answer = await broken.inject({ url: '/api/broken', headers: OWN });
  expect(answer.statusCode).toBe(500);
  expect(Object.keys(answer.json()).sort()).toEqual(['requestId', 'status', 'title', 'type']);
  expect(answer.body).not.toContain('reason');
  const logged = lines.find((line) => line.includes('the reason'));
  expect(logged).toContain(answer.json().requestId);
  await broken.close();
});

test('an unknown path of the API is a problem, an unknown page is left to the portal', async () => {
  const api = await app.inject({ url: '/api/nothing', headers: OWN });
  expect(api.json()).toMatchObject({ type: `${ISSUER}/problems/not-found`, status: 404 });
  const page = await app.inject({ url: '/nothing', headers: OWN });
  expect(page.headers['content-type']).toContain('text/html');
  const write = await app.inject({ method: 'POST', url: '/nothing', headers: OWN });
  expect(write.json()).toMatchObject({ type: `${ISSUER}/problems/not-found` });
});

test('[WEB-2] another method of a known path is 405 and says which ones there are', async () => {
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const) {
    const answer = await app.inject({ method, url: '/api/echo?x=1', headers: { host: 'id.example.org' } });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD, POST');
  }
  const parameter = await app.inject({ method: 'PUT', url: '/problems/bad-input', headers: OWN });
  expect(parameter.headers.allow).toBe('GET, HEAD');
});

test('a path that cannot be decoded is a problem too', async () => {
  const answer = await app.inject({ url: '/api/%zz', headers: OWN });
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ type: `${ISSUER}/problems/request-refused` });
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
});

test.each([
  ['no HTTP at all', 'hello\r\n\r\n', '400'],
  ['headers of more than 16 KiB', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(17_000)}\r\n\r\n`, '431'],
])('%s is answered and ends', async (_name, bytes, status) => {
  const { app: listening } = await testApp();
  await listening.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((listening.server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(bytes);
  let answer = '';
  socket.on('data', (data) => {
    answer += data;
  });
  await once(socket, 'close');
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer).toContain('application/problem+json');
  await listening.close();
});
