import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { approve, listRequests } from '../../../../../tests/setup/app-requests.ts';
import { type DeviceApp, linkedApp, signedGet } from '../../../../../tests/setup/device-app.ts';
import { hooks } from '../../../../../tests/setup/http-browser.ts';
import { asked, type Challenge, enterPassword, good } from '../../../../../tests/setup/journeys.ts';
import { type PopulatedInstallation, populatedInstallation } from '../../../../../tests/setup/populated.ts';
import { type PushService, startPushService } from '../../../../../tests/setup/push-service.ts';
import { tellApps } from '../../gate/apps.ts';
import { inTransaction, type Tx } from '../../platform/database/database.ts';
import type { PushKind } from '../../platform/messages/messages.ts';

const DAY_SECONDS = 24 * 60 * 60;

let service: PushService;
/** One that the administrator has not allowed, though it answers. */
let elsewhere: PushService;
let on: PopulatedInstallation;
beforeAll(async () => {
  [service, elsewhere] = [await startPushService(), await startPushService()];
  on = await populatedInstallation(2, { SIGILLO_OUTGOING_ALLOWED_HOSTS: service.host });
});
afterAll(async () => {
  await on[Symbol.asyncDispose]();
  service.close();
  elsewhere.close();
});
beforeEach(() => {
  for (const { received, asked } of [service, elsewhere]) {
    received.length = 0;
    asked.length = 0;
  }
  service.answerWith(201);
});

const transaction = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(on.database.db, work);

const subscribe = ({ device }: DeviceApp, subscription: object = service.subscribe()) =>
  transaction((tx) => on.stores.devices.setPush(tx, device, JSON.stringify(subscription)));

const subscriptionOf = ({ device }: DeviceApp) => transaction((tx) => on.stores.devices.pushOf(tx, device));

/** An app whose holder wants notices. */
async function withNotices(subscription?: object): Promise<DeviceApp> {
  const app = await linkedApp(on, await on.holder());
  await subscribe(app, subscription);
  return app;
}

/** Has the apps of the account look, as the gate does. */
function tell({ device }: DeviceApp, kind: PushKind = 'look', lifetimeSeconds = 120): Promise<void> {
  const clock = { nowMs: on.nowMs, now: () => new Date(on.nowMs()) };
  const gate = { devices: on.stores.devices, keyring: on.keyring, clock };
  return transaction((tx) => tellApps(gate, tx, device.accountId, kind, lifetimeSeconds));
}

/** What became of the notices to an account, oldest first. */
const noticesTo = ({ device }: DeviceApp) =>
  on.database.db
    .selectFrom('outbox')
    .select(['state', 'attempts', 'last_error as error'])
    .where('account_id', '=', device.accountId)
    .where('channel', '=', 'push')
    .orderBy('id')
    .execute();

const noneWaits = async () => {
  const waiting = async () =>
    (await on.database.db.selectFrom('outbox_pending').select('id').execute()).length;
  await expect.poll(waiting, { timeout: 10_000 }).toBe(0);
};

const pushKey = async (app: DeviceApp, node = 0) => {
  const answer = await signedGet(on, app, '/device/push-key', node);
  return ((await answer.json()) as { publicKey: string }).publicKey;
};

test('a notice says that there is something and not what, to the one browser, under the key that the app subscribed with', async () => {
  const app = await withNotices();
  await tell(app);
  await noneWaits();
  expect(service.received).toHaveLength(1);
  const [notice] = service.received;
  expect(notice).toMatchObject({ payload: '{"v":1,"kind":"look"}', urgency: 'high' });
  expect(notice?.ttl).toBeGreaterThan(110);
  expect(notice?.ttl).toBeLessThanOrEqual(120);
  expect(notice?.topic).toMatch(/^[A-Za-z0-9_-]{32}$/);
  const [key, keyElsewhere] = [await pushKey(app), await pushKey(app, 1)];
  expect(notice?.vapid).toMatchObject({ aud: `http://${service.host}`, sub: 'mailto:help@example.org', key });
  expect(keyElsewhere).toBe(key);
  const lasts = (notice?.vapid.exp ?? 0) - on.nowMs() / 1000;
  expect(lasts).toBeGreaterThan(0);
  expect(lasts).toBeLessThanOrEqual(DAY_SECONDS);
});

test('the development outbox shows what was sent to a device', async () => {
  const app = await withNotices();
  await tell(app);
  await noneWaits();
  expect(await on.dev.outbox(app.device.id, 'push')).toMatchObject([
    {
      channel: 'push',
      subject: 'Something is waiting for your answer',
      text: '{"v":1,"kind":"look"}',
      html: null,
    },
  ]);
});

test('the key is for linked apps', async () => {
  const stranger = { ...(await withNotices()), id: 'A'.repeat(43) };
  expect((await signedGet(on, stranger, '/device/push-key')).status).toBe(401);
});

test('at the push service the newest notice to a device takes the place of the one before, and of no other device’s', async () => {
  const holder = await on.holder();
  const [app, second] = [await linkedApp(on, holder), await linkedApp(on, holder)];
  const shared = service.subscribe();
  await subscribe(app, shared);
  await tell(app);
  await tell(app, 'withdrawn', 30);
  await noneWaits();
  expect(new Set(service.received.map(({ topic }) => topic)).size).toBe(1);
  expect(service.received.map(({ payload }) => payload).sort()).toEqual([
    '{"v":1,"kind":"look"}',
    '{"v":1,"kind":"withdrawn"}',
  ]);
  await subscribe(second, shared);
  await tell(app);
  await noneWaits();
  expect(new Set(service.received.map(({ topic }) => topic)).size).toBe(2);
});

test('who turned notices off, whose device is frozen or removed, is not told', async () => {
  const [off, frozen, removed] = [await withNotices(), await withNotices(), await withNotices()];
  await transaction((tx) => on.stores.devices.setPush(tx, off.device, null));
  await transaction((tx) => on.stores.devices.freeze(tx, frozen.device));
  await transaction((tx) => on.stores.devices.remove(tx, removed.device));
  for (const app of [off, frozen, removed]) {
    await tell(app);
    expect(await noticesTo(app)).toEqual([]);
  }
  const late = await withNotices();
  service.answerWith(503);
  await tell(late);
  await expect.poll(() => service.asked.length).toBe(1);
  await transaction((tx) => on.stores.devices.setPush(tx, late.device, null));
  service.answerWith(201);
  await noneWaits();
  expect(await noticesTo(late)).toMatchObject([{ state: 'dead', error: 'not subscribed' }]);
  expect(service.asked).toHaveLength(1);
});

test.each([404, 410])('a subscription that answers %d is dropped and never asked again', async (status) => {
  const app = await withNotices();
  service.answerWith(status);
  await tell(app);
  await noneWaits();
  expect(await subscriptionOf(app)).toBeUndefined();
  expect(await noticesTo(app)).toEqual([{ state: 'dead', attempts: 1, error: `HTTP ${status}` }]);
  service.answerWith(201);
  await tell(app);
  await noneWaits();
  expect(service.asked).toHaveLength(1);
});

test('[WEB-6] an endpoint in the installation’s own network is not asked', async () => {
  const { keys } = service.subscribe();
  const inside = [
    [elsewhere.subscribe().endpoint, 'not https'],
    [`https://${elsewhere.host}/push/1`, 'not a public address'],
    ['https://169.254.169.254/push/1', 'not a public address'],
    ['https://localhost/push/1', 'not a public address'],
  ] as const;
  for (const [endpoint, error] of inside) {
    const app = await withNotices({ endpoint, keys });
    await tell(app);
    await noneWaits();
    expect(await noticesTo(app), endpoint).toEqual([{ state: 'dead', attempts: 1, error }]);
  }
  expect(elsewhere.asked).toEqual([]);
});

test('each of 60 notices is sent once, though two nodes look for them', async () => {
  const apps = await Promise.all(Array.from({ length: 60 }, () => withNotices()));
  await Promise.all(apps.map((app) => tell(app)));
  await noneWaits();
  expect(service.asked).toHaveLength(60);
  expect(new Set(service.asked).size).toBe(60);
});

test('what a push service does not take is sent later, and not after its time', async () => {
  const [patient, hasty] = [await withNotices(), await withNotices()];
  service.answerWith(503);
  await tell(patient);
  await tell(hasty, 'look', 1);
  await expect.poll(() => service.asked.length).toBe(2);
  service.answerWith(201);
  await noneWaits();
  expect(await noticesTo(patient)).toEqual([{ state: 'sent', attempts: 2, error: null }]);
  expect(await noticesTo(hasty)).toEqual([{ state: 'expired', attempts: 1, error: 'HTTP 503' }]);
  await tell(hasty, 'look', 0);
  await noneWaits();
  expect((await noticesTo(hasty)).at(-1)).toEqual({ state: 'expired', attempts: 0, error: 'expired' });
  expect(service.asked).toHaveLength(3);
});

test('[PUSH-2] a sign-in tells nobody before the password was right; then every device, and again when one has answered', async () => {
  const holder = await on.holder();
  const [phone, tablet] = [await linkedApp(on, holder), await linkedApp(on, holder)];
  await subscribe(phone);
  await subscribe(tablet);
  const browser = on.browser();
  await expect(enterPassword(browser, { ...holder, password: 'another one altogether' })).rejects.toThrow();
  const ceremony = await enterPassword(browser, holder);
  expect(await noticesTo(phone)).toEqual([]);

  const path = `/api/ceremonies/${ceremony.id}/challenges`;
  const { challenge } = good(await browser.post<{ challenge: Challenge }>(path, asked(ceremony, 'app-push')));
  await noneWaits();
  const [look, withdrawn] = ['{"v":1,"kind":"look"}', '{"v":1,"kind":"withdrawn"}'];
  expect(service.received.map(({ payload }) => payload)).toEqual([look, look]);
  for (const { ttl } of service.received) expect(ttl).toBeLessThanOrEqual(120);

  const [request] = good(await listRequests(on, tablet, 1)).requests;
  if (!request) throw new Error('nothing waits');
  good(await approve(on, tablet, request, { number: challenge.number ?? '' }));
  await noneWaits();
  expect(service.received.map(({ payload }) => payload).slice(2)).toEqual([withdrawn, withdrawn]);
});

test('[AVL-2] a node killed while it sends leaves the notice to the next one', async () => {
  const app = await withNotices();
  service.answerWith('nothing');
  await tell(app);
  await expect.poll(() => service.asked.length).toBe(1);
  await Promise.all(on.nodes.map((node) => node.kill()));
  service.answerWith(201);
  expect(await noticesTo(app)).toMatchObject([{ state: 'pending' }]);
  const { url } = await on.addNode();
  await hooks(url).advance(31);
  await noneWaits();
  expect(await noticesTo(app)).toMatchObject([{ state: 'sent' }]);
  expect(service.received).toHaveLength(1);
});
