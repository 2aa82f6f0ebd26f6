import type { lookup } from 'node:dns';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outgoingRequests } from './outgoing-request.ts';
import { isPublicAddress } from './private-networks.ts';

let server: Server;
let host: string;
let answer = (response: ServerResponse): unknown => response.end('hello');
let asked = 0;
beforeAll(async () => {
  server = createServer((_, response) => {
    asked += 1;
    answer(response);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const get = (url: string, allowed: string[] = [], signal = new AbortController().signal) =>
  outgoingRequests(allowed)({ url, method: 'GET', headers: {} }, signal);

test('[WEB-6] a host that the administrator named is asked, though it is private and has no TLS', async () => {
  expect(await get(`http://${host}/`, [host])).toEqual({ status: 200, body: Buffer.from('hello') });
});

test.each([
  'http://example.org/',
  'ftp://example.org/',
  'file:///etc/passwd',
  'https://user:secret@example.org/',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://0/',
  'https://0.0.0.0/',
  'https://0177.0.0.1/',
  'https://127.1/',
  'https://127.0.0.1./',
  'https://１２７.0.0.1/',
  'https://[::]/',
  'https://[::ffff:0:7f00:1]/',
  'https://[::127.0.0.1]/',
  'https://[64:ff9b:1::a00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[fe80::1%25eth0]/',
  'https://10.1.2.3/',
  'https://169.254.169.254/latest/meta-data/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[fd00::1]/',
  'https://[fe80::1]/',
  'nonsense',
])('[WEB-6] %s is not asked', async (url) => {
  await expect(get(url)).rejects.toMatchObject({ name: 'RequestRefused' });
});

test('[WEB-6] a name that leads to this computer is not asked, and a port that was not named neither', async () => {
  const before = asked;
  const port = host.split(':')[1];
  await expect(get(`https://localhost:${port}/`)).rejects.toMatchObject({ name: 'RequestRefused' });
  await expect(get(`http://${host}/`, ['127.0.0.1:1'])).rejects.toMatchObject({ name: 'RequestRefused' });
  expect(asked).toBe(before);
});

test('[WEB-6] a name is looked up once, for the connection itself: another answer a moment later changes nothing', async () => {
  const answers = [['203.0.113.1'], ['93.184.215.14', '10.0.0.1'], ['::ffff:192.168.0.1'], []];
  let asks = 0;
  const look = ((_host: string, _options: object, callback: (error: null, found: object[]) => void) => {
    const found = answers[asks++] ?? [];
    callback(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  }) as typeof lookup;
  const signal = new AbortController().signal;
  for (let nth = 1; nth <= answers.length; nth++) {
    const asking = outgoingRequests([], look)(
      { url: 'https://rebind.example/', method: 'GET', headers: {} },
      signal,
    );
    await expect(asking).rejects.toMatchObject({ name: 'RequestRefused' });
    expect(asks).toBe(nth);
  }
});

test('[WEB-6] a redirect is an answer like any other', async () => {
  answer = (response) => response.writeHead(302, { location: 'https://example.org/' }).end();
  expect((await get(`http://${host}/`, [host])).status).toBe(302);
});

test('[WEB-6] half a mebibyte is read, and no more', async () => {
  answer = (response) => response.end(Buffer.alloc(512 * 1024));
  expect((await get(`http://${host}/`, [host])).body).toHaveLength(512 * 1024);
  answer = (response) => response.end(Buffer.alloc(512 * 1024 + 1));
  await expect(get(`http://${host}/`, [host])).rejects.toMatchObject({ message: 'the answer is too long' });
});

test('[WEB-6] an answer that does not come, or does not end, is waited for five seconds', async () => {
  answer = (response) => response.write('slowly');
  const startedMs = performance.now();
  await expect(get(`http://${host}/`, [host])).rejects.toThrow();
  expect(performance.now() - startedMs).toBeGreaterThan(4_900);
  expect(performance.now() - startedMs).toBeLessThan(7_000);
});

test.each([
  ['93.184.215.14', true],
  ['2606:4700::1111', true],
  ['100.64.0.1', false],
  ['224.0.0.1', false],
  ['2002:7f00:1::', false],
  ['::', false],
  ['example.org', false],
])('[WEB-6] whether %s is public: %s', (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic);
});
