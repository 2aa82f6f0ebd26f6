import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppBrowser } from '../../../../../tests/setup/app-browser.ts';
import { askShares, type DeviceApp, linkedApp } from '../../../../../tests/setup/device-app.ts';
import {
  enterPassword,
  good,
  isSignedIn,
  outcome,
  signIn,
  tryFinish,
} from '../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../tests/setup/populated.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

async function linked(holder?: Holder): Promise<{ holder: Holder; app: DeviceApp; own: AppBrowser }> {
  const who = holder ?? (await on.holder({ totp: true }));
  const app = await linkedApp(on, who);
  return { holder: who, app, own: new AppBrowser(on, app) };
}

const stateOf = ({ device }: DeviceApp) =>
  on.database.db
    .selectFrom('device')
    .select(['state', 'name', 'share_sealed as share', 'seed_sealed as seed', 'push_sealed as push'])
    .where('id', '=', device.id)
    .executeTakeFirstOrThrow();

const subscription = (endpoint: string) => ({
  endpoint,
  expirationTime: null,
  keys: { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) },
});

async function refusal(answer: Response): Promise<string> {
  const text = await answer.text();
  return outcome({ status: answer.status, body: text === '' ? {} : JSON.parse(text) });
}

describe('a linked app', () => {
  test('knows its name, its account and how strongly it is bound', async () => {
    const { holder, own } = await linked();
    expect(good(await own.get('/device/me'))).toEqual({
      name: 'My phone',
      account: { id: holder.id, userId: holder.userId, email: holder.email, service: expect.any(String) },
      wantsPush: false,
      bindingLevel: 2,
    });
  });

  test('changes its name', async () => {
    const { app, own } = await linked();
    expect((await own.request('PUT', '/device/me/name', { name: ' Firefox on Linux ' })).status).toBe(204);
    expect(await stateOf(app)).toMatchObject({ name: 'Firefox on Linux' });
    for (const name of ['', ' ', 'x'.repeat(41), 'a\u0000b'])
      expect(await refusal(await own.request('PUT', '/device/me/name', { name }))).toBe('400 bad-input');
  });

  test('says where notices reach it, at a push service and nowhere else; and takes it back', async () => {
    const { app, own } = await linked();
    const set = (endpoint: string) =>
      own.request('PUT', '/device/me/push', { subscription: subscription(endpoint) });
    for (const endpoint of [
      'http://push.example.org/1',
      'http://localhost.example.org/1',
      'ftp://localhost/1',
      'file:///etc/passwd',
      'javascript:alert(1)',
      `https://push.example.org/${'x'.repeat(1024)}`,
    ])
      expect([endpoint, await refusal(await set(endpoint))]).toEqual([endpoint, '400 bad-input']);
    expect((await set('https://push.example.org/send/1')).status).toBe(204);
    expect(good(await own.get('/device/me'))).toMatchObject({ wantsPush: true });
    expect((await stateOf(app)).push?.toString('latin1')).not.toContain('push.example.org');
    expect((await set('http://127.0.0.1:9/1')).status).toBe(204);
    expect((await own.request('PUT', '/device/me/push', { subscription: null })).status).toBe(204);
    expect(await stateOf(app)).toMatchObject({ push: null });
  });
});

describe('an app that gives itself up', () => {
  test('leaves nothing of it, ends every session, and its holder is told', async () => {
    const { holder, app, own } = await linked();
    const browser = await signIn(on, on.browser(), holder);
    const letters = (await on.dev.outbox(holder.email)).length;
    expect((await own.request('DELETE', '/device/me')).status).toBe(204);
    expect(await stateOf(app)).toMatchObject({ state: 'removed', share: null, seed: null });
    expect(outcome(await askShares(on, app, '482915'))).toBe('410 device-gone');
    expect(await refusal(await own.request('DELETE', '/device/me'))).toBe('410 device-gone');
    expect((await on.dev.newest(holder.email, letters)).subject).toBe('Device removed: My phone');
    expect(await isSignedIn(browser)).toBe(false);
    expect((await enterPassword(on.browser(), holder)).options.map((one) => one.method)).toEqual(['totp']);
  });

  test('does not leave the account with its password alone: who holds the telephone did not unlock it for this', async () => {
    const { holder, app, own } = await linked(await on.holder());
    expect((await own.request('DELETE', '/device/me')).status).toBe(204);
    expect(await stateOf(app)).toMatchObject({ state: 'locked', share: null, seed: null, push: null });
    expect(outcome(await own.get('/device/me'))).toBe('410 device-gone');
    const browser = on.browser();
    const ceremony = await enterPassword(browser, holder);
    expect(ceremony).toMatchObject({ state: 'open', canRecover: true });
    expect(outcome(await tryFinish(browser, ceremony))).toBe('409 proof-missing');
  });

  test('two at once are not the last one both', async () => {
    for (let round = 0; round < 5; round++) {
      const { holder, app, own } = await linked(await on.holder());
      const second = await linked(holder);
      const answers = await Promise.all([own, second.own].map((one) => one.request('DELETE', '/device/me')));
      expect(answers.map(({ status }) => status)).toEqual([204, 204]);
      const states = [(await stateOf(app)).state, (await stateOf(second.app)).state];
      expect(states.sort()).toEqual(['locked', 'removed']);
    }
  });
});
