import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type PushService, startPushService } from '../../../../../tests/setup/push-service.ts';
import { outgoingRequests } from '../http/outgoing-request.ts';
import { newVapidKeys, PushSubscription, webPushTransport } from './push.transport.ts';

const vapid = newVapidKeys();
let service: PushService;
beforeAll(async () => {
  service = await startPushService();
});
afterAll(() => service.close());
beforeEach(() => {
  service.received.length = 0;
  service.answerWith(201);
});

const transport = (allowed = [service.host]) =>
  webPushTransport({ vapid, subject: 'mailto:help@example.org', outgoing: outgoingRequests(allowed) });
const notice = (more = {}) => ({
  topic: 'a-request-of-this-account',
  subscription: service.subscribe(),
  payload: '{"look":true}',
  lifetimeSeconds: 120,
  ...more,
});
const send = (push = notice(), by = transport()) => by.send(push, new AbortController().signal);

test('the browser decrypts what was sent; the push service sees whose it is, how urgent, and for how long', async () => {
  await send();
  expect(service.received).toMatchObject([
    {
      topic: 'a-request-of-this-account',
      ttl: 120,
      urgency: 'high',
      payload: '{"look":true}',
      vapid: { aud: `http://${service.host}`, sub: 'mailto:help@example.org', key: vapid.publicKey },
    },
  ]);
});

test('another browser cannot read it', async () => {
  const push = notice();
  const { keys } = service.subscribe();
  await expect(send({ ...push, subscription: { ...push.subscription, keys } })).rejects.toMatchObject({
    message: 'HTTP 400',
  });
});

test.each([404, 410])('a subscription that answers %d is gone', async (status) => {
  service.answerWith(status);
  await expect(send()).rejects.toMatchObject({ name: 'SubscriptionGone' });
});

test.each([
  [400, true],
  [403, true],
  [413, true],
  [429, false],
  [500, false],
  [503, false],
])('HTTP %d: not sent, final: %s', async (status, isFinal) => {
  service.answerWith(status);
  await expect(send()).rejects.toMatchObject({ message: `HTTP ${status}`, isFinal });
});

test('[WEB-6] a subscription that leads into the installation’s own network is not sent to', async () => {
  await expect(send(notice(), transport([]))).rejects.toMatchObject({ message: 'not https', isFinal: true });
  expect(service.received).toEqual([]);
});

test('what is no subscription is not taken for one', () => {
  const good = service.subscribe();
  expect(PushSubscription.safeParse(good).success).toBe(true);
  for (const broken of [
    { ...good, endpoint: 'push/1' },
    { ...good, endpoint: `https://push.example/${'x'.repeat(1024)}` },
    { ...good, keys: { ...good.keys, p256dh: good.keys.auth } },
    { ...good, keys: { ...good.keys, auth: '' } },
  ])
    expect(PushSubscription.safeParse(broken).success).toBe(false);
});
