/** Push messages in the app's service worker. No push service is reachable here, so they are handed to the worker. */
import type { CDPSession } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { notifyHolder } from '../../apps/server/src/gate/notices.ts';
import { inTransaction } from '../../apps/server/src/platform/database/database.ts';
import { accountStore } from '../../apps/server/src/stores/accounts/account.store.ts';
import { noticeStore } from '../../apps/server/src/stores/accounts/notice.store.ts';
import { deviceStore } from '../../apps/server/src/stores/gate/device.store.ts';
import { APP_LOOKS } from './support/authenticator.ts';
import { openComputer } from './support/computer.ts';
import type { Holder } from './support/holders.ts';
import { openLinkedApp } from './support/linked-app.ts';
import { openStage, type Stage } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** What the server sends: never what is asked, nor of whom. */
const LOOK = { v: 1, kind: 'look' };
const WITHDRAWN = { v: 1, kind: 'withdrawn' };

/** Hands a message to the worker of the page, as the browser does with one of its push service. */
async function messagesTo(visitor: Visitor): Promise<(data: object | string) => Promise<void>> {
  const { page } = visitor;
  const origin = stage.product.authenticator;
  const session: CDPSession = await page.context().newCDPSession(page);
  const registrationId = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(origin));
      if (ours) resolve(ours.registrationId);
    });
  });
  await inWorker(visitor, NOTICE_BOARD);
  await session.send('ServiceWorker.enable');
  const id = await registrationId;
  return async (data) => {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId: id, data: text });
  };
}

/** Runs a script in the app's service worker, once it is there. */
async function inWorker<T>({ page }: Visitor, script: string): Promise<T> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const [worker] = page.context().serviceWorkers();
  if (!worker) throw new Error('there is no service worker');
  return worker.evaluate<T>(script);
}

/** A browser without a screen refuses notices: here they are kept as a system keeps them, one for each tag. */
const NOTICE_BOARD = `
  self.notices = new Map();
  registration.showNotification = async (title, options = {}) => {
    const close = () => self.notices.delete(options.tag);
    self.notices.set(options.tag, { title, ...options, close });
  };
  registration.getNotifications = async () => [...self.notices.values()];
`;

const noticesOf = (visitor: Visitor) =>
  inWorker<{ title: string; body?: string; silent?: boolean; renotify?: boolean }[]>(
    visitor,
    '[...self.notices.values()].map(({ title, body, silent, renotify }) => ({ title, body, silent, renotify }))',
  );

describe.each(APP_LOOKS)('in $language at $width px', (look) => {
  test('[PUSH-2] notices say nothing of what is asked, never pile up, and go once it is answered', async () => {
    const holder = await stage.holder({ language: look.language });
    const phone = await openLinkedApp(stage, look, holder);
    const { page, say } = phone;
    const deliver = await messagesTo(phone);
    // The app is on the screen: the browser wants a notice all the same, but it makes no noise.
    for (let message = 0; message < 3; message++) await deliver(LOOK);
    const notice = { title: say('push.title'), body: say('push.text') };
    await expect.poll(() => noticesOf(phone)).toEqual([{ ...notice, silent: true, renotify: false }]);
    await page.goto('about:blank');
    await deliver('not what was agreed');
    const tab = await phone.openTab();
    await tab.go(`${stage.product.authenticator}/brand.css`);
    await expect.poll(() => noticesOf(tab)).toEqual([{ ...notice, silent: false, renotify: true }]);
    await deliver(WITHDRAWN);
    const answered = { title: say('push.answered'), silent: true };
    await expect.poll(() => noticesOf(tab)).toEqual([expect.objectContaining(answered)]);
    await expect.poll(() => noticesOf(tab), { timeout: 10_000 }).toEqual([]);
  });
});

test('[PUSH-4] who presses a notice sees the one request that waits; when it is over, so the app says', async () => {
  const [, desk] = APP_LOOKS;
  const holder = await stage.holder({ language: desk!.language });
  const phone = await openLinkedApp(stage, desk!, holder);
  const { page, say } = phone;
  const app = stage.product.authenticator;
  await phone.go(`${app}/?from=notification`);
  await phone.read(say('requests.none-left'));
  expect(new URL(page.url()).search).toBe('');

  const computer = await openComputer(stage, desk!);
  await computer.askApp(holder);
  await phone.go(`${app}/?from=notification`);
  await phone.arrive(say('question.sign-in', { client: 'Sigillo' }));

  // The app was open already: the worker tells it.
  await phone.go(app);
  await phone.arrive(say('authenticator.home-title'));
  await tellWorker(phone, 'notificationclick');
  await phone.arrive(say('question.sign-in', { client: 'Sigillo' }));
});

test('a lost push address is remembered, and told at the next start', async () => {
  const [, desk] = APP_LOOKS;
  const phone = await openLinkedApp(stage, desk!, await stage.holder());
  const { page, say } = phone;
  await page.addInitScript(() => Object.defineProperty(Notification, 'permission', { value: 'granted' }));
  await tellWorker(phone, 'pushsubscriptionchange');
  const asked = page.waitForResponse(/\/device\/me$/);
  await page.reload();
  expect((await asked).status()).toBe(200);
  await phone.arrive(say('authenticator.home-title'));
});

/**
 * Tells the worker what no script can make happen: that a notice was pressed, or an address taken back. Events made
 * by scripts do not keep a worker alive, which says so, and takes no harm here.
 */
async function tellWorker(visitor: Visitor, event: string): Promise<void> {
  const notice = '{ notification: { close() {} } }';
  await inWorker(visitor, `self.dispatchEvent(Object.assign(new ExtendableEvent('${event}'), ${notice}))`);
}

/** What the server tells when something happened to the account, and leaves for its apps to read. */
async function somethingHappens(holder: Holder): Promise<void> {
  const { keyring, nowMs } = stage;
  const clock = { nowMs, now: () => new Date(nowMs()) };
  const gate = { clock, keyring, devices: deviceStore(keyring), notices: noticeStore(keyring) };
  await inTransaction(stage.product.database.db, async (tx) => {
    const prover = await accountStore(keyring).load(tx, holder.id);
    if (prover) await notifyHolder(gate, tx, prover, null, { template: 'password-changed' });
  });
}

describe.each(APP_LOOKS)('what happened, in $language at $width px', (look) => {
  test('[AUD-4] is in the app, new until it was seen, and there without a network', async () => {
    const holder = await stage.holder({ language: look.language });
    await somethingHappens(holder);
    const phone = await openLinkedApp(stage, look, holder);
    const { page, say } = phone;
    const deliver = await messagesTo(phone);
    await deliver({ v: 1, kind: 'notice' });
    const words = { title: say('push.happened'), body: say('push.happened-text') };
    await expect.poll(() => noticesOf(phone)).toEqual([{ ...words, silent: true, renotify: false }]);

    await page.getByText(say('what-happened.link', { count: 1 })).waitFor();
    await page.getByRole('link', { name: say('what-happened.title') }).click();
    await phone.arrive(say('what-happened.title'));
    const entry = page.locator('details').filter({ hasText: say('password-changed.subject') });
    await entry.getByText(say('what-happened.new'), { exact: true }).waitFor();
    await entry.locator('summary').click();
    await entry.getByRole('link', { name: say('link.not-me') }).waitFor();

    phone.expectSilence(/\/device\/|\/brand\.css/);
    await page.context().setOffline(true);
    await phone.read(say('what-happened.offline'));
    await page.reload();
    await entry.waitFor();
    expect(await page.getByText(say('what-happened.new'), { exact: true }).count()).toBe(0);
    await page.context().setOffline(false);
  });
});
