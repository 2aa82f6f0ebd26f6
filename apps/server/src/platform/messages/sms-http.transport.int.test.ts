import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { smsHttpTransport } from './sms-http.transport.ts';

interface Received {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

const received: Received[] = [];
let answer: (response: ServerResponse) => void;
const provider = createServer(async (request, response) => {
  const { method = '', url = '', headers } = request;
  received.push({ method, url, headers, body: await text(request) });
  answer(response);
});
let base: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
});
afterAll(() => {
  provider.closeAllConnections();
  provider.close();
});
beforeEach(() => {
  received.length = 0;
  answer = (response) => response.writeHead(202).end('{"queued":true}');
});

const sms = {
  id: '0195f3a0-0000-7000-8000-000000000001',
  to: '+393331234567',
  text: '048213 è il codice: "{{to}}" & \\ $& #1\n@id.example.org #048213',
  lifetimeSeconds: 300,
};
const json = (path = '/sms') =>
  smsHttpTransport({
    url: base + path,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer abc', 'Idempotency-Key': '{{id}}' },
    body: '{"recipients":["{{to}}"],"message":"{{text}}","reference":"{{id}}"}',
  });
const send = (transport: ReturnType<typeof json>, signal = new AbortController().signal) =>
  transport.send(sms, signal);

test('a JSON body holds the number, the text and the id exactly', async () => {
  await send(json());
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({ method: 'POST', url: '/sms' });
  expect(received[0]?.headers).toMatchObject({ authorization: 'Bearer abc', 'idempotency-key': sms.id });
  expect(JSON.parse(received[0]?.body ?? '')).toEqual({
    recipients: [sms.to],
    message: sms.text,
    reference: sms.id,
  });
});

test('a form body and a URL hold them percent-encoded', async () => {
  await send(
    smsHttpTransport({
      url: `${base}/send?ref={{id}}`,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: 'to={{to}}&text={{text}}',
    }),
  );
  await send(smsHttpTransport({ url: `${base}/get?n={{to}}&t={{text}}`, method: 'GET', headers: {} }));
  const [form, get] = received;
  expect(Object.fromEntries(new URLSearchParams(form?.body))).toEqual({ to: sms.to, text: sms.text });
  expect(form?.url).toBe(`/send?ref=${sms.id}`);
  const query = new URL(get?.url ?? '', base).searchParams;
  expect(Object.fromEntries(query)).toEqual({ n: sms.to, t: sms.text });
});

test.each([
  [400, true],
  [422, true],
  [401, false],
  [429, false],
  [503, false],
])('status %i is a failure; final: %s', async (status, isFinal) => {
  answer = (response) => response.writeHead(status).end();
  await expect(send(json())).rejects.toMatchObject({
    name: 'DeliveryFailed',
    message: `HTTP ${status}`,
    isFinal,
  });
});

test('a redirect is not followed', async () => {
  answer = (response) => response.writeHead(307, { location: `${base}/elsewhere` }).end();
  await expect(send(json())).rejects.toMatchObject({ message: 'HTTP 307', isFinal: false });
  expect(received).toHaveLength(1);
});

test('an answer without end is given up after 512 KiB', async () => {
  let sentBytes = 0;
  answer = (response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(64 * 1024))) sentBytes += 64 * 1024;
    };
    response.writeHead(200).on('drain', more);
    more();
  };
  await expect(send(json())).rejects.toMatchObject({ message: 'RangeError', isFinal: false });
  expect(sentBytes).toBeLessThan(16 * 1024 * 1024);
});

test('a provider that does not answer is given up, and one that is not there is a failure', async () => {
  answer = () => undefined;
  await expect(send(json(), AbortSignal.timeout(50))).rejects.toMatchObject({ message: 'TimeoutError' });
  const nobody = smsHttpTransport({ url: 'http://127.0.0.1:1/{{to}}/{{text}}', method: 'GET', headers: {} });
  await expect(send(nobody)).rejects.toMatchObject({ name: 'DeliveryFailed', isFinal: false });
});

test('what cannot work is refused at start', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = '{{to}} {{text}}';
  const refused: [Partial<Parameters<typeof smsHttpTransport>[0]>, RegExp][] = [
    [{ url: 'http://sms.example.org/' }, /https/],
    [{ url: 'https://{{to}}.example.org/{{text}}' }, /web address/],
    [{ url: 'ftp://sms.example.org/' }, /web address/],
    [{ headers: {} }, /Content-Type/],
    [{ headers: { 'content-type': 'text/plain' } }, /Content-Type/],
    [{ method: 'GET' }, /body/],
    [{ body: '{{to}}' }, /never told \{\{text\}\}/],
  ];
  for (const [change, message] of refused) {
    const settings = {
      url: 'https://sms.example.org/',
      method: 'POST',
      headers: form,
      body,
      ...change,
    } as const;
    expect(() => smsHttpTransport(settings)).toThrow(message);
  }
});
