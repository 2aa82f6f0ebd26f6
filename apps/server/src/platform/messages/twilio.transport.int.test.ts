import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { freePort } from '../../../../../tests/setup/server.ts';
import { type TwilioSettings, twilioTransport } from './twilio.transport.ts';

const received: Record<string, string>[] = [];
let answer: (response: ServerResponse) => void;
const provider = createServer(async (request, response) => {
  received.push(Object.fromEntries(new URLSearchParams(await text(request))));
  answer(response);
});
let settings: TwilioSettings;
beforeAll(async () => {
  provider.listen(0, '127.0.0.1');
  await once(provider, 'listening');
  settings = {
    baseUrl: `http://127.0.0.1:${(provider.address() as AddressInfo).port}`,
    accountSid: `AC${'0'.repeat(32)}`,
    authToken: 'secret',
    from: '+393330000000',
    callbackUrl: 'https://id.example.org/callbacks/sms',
  };
});
afterAll(() => {
  provider.closeAllConnections();
  provider.close();
});
beforeEach(() => {
  received.length = 0;
  answer = (response) => response.writeHead(201).end('{"sid":"SM1"}');
});

const sms = { id: 'x1', to: '+393331234567', text: '123456 è il codice & altro', lifetimeSeconds: 300 };
const send = (changes: Partial<TwilioSettings> = {}, signal = new AbortController().signal) =>
  twilioTransport({ ...settings, ...changes }).send(sms, signal);

test('a message has its number, text, sender, validity, and where to tell what became of it', async () => {
  await send();
  const service = `MG${'a'.repeat(32)}`;
  await send({ from: service });
  const common = {
    To: sms.to,
    Body: sms.text,
    StatusCallback: 'https://id.example.org/callbacks/sms/x1',
    ValidityPeriod: '300',
  };
  expect(received).toEqual([
    { ...common, From: '+393330000000' },
    { ...common, MessagingServiceSid: service },
  ]);
});

test.each([
  [400, '{"code": 21211, "message": "+393331234567 is invalid"}', 'HTTP 400 21211', true],
  [401, '{"code": 20003}', 'HTTP 401 20003', false],
  [429, 'Too many', 'HTTP 429', false],
  [503, '', 'HTTP 503', false],
])('status %i is a failure, told by number alone', async (status, body, message, isFinal) => {
  answer = (response) => response.writeHead(status).end(body);
  await expect(send()).rejects.toMatchObject({ message, isFinal, isUnclear: false });
});

test('one that does not answer may have taken it, one that is not there has not', async () => {
  answer = () => undefined;
  await expect(send({}, AbortSignal.timeout(100))).rejects.toMatchObject({ isFinal: false, isUnclear: true });
  await expect(send({ baseUrl: `http://127.0.0.1:${await freePort()}` })).rejects.toMatchObject({
    message: 'ECONNREFUSED',
    isUnclear: false,
  });
});

test('plain http is for this computer alone', () => {
  expect(() => twilioTransport({ ...settings, baseUrl: 'http://api.example.org' })).toThrow(/https/);
});
