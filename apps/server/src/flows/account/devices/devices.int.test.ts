import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approve, listRequests } from '../../../../../../tests/setup/app-requests.ts';
import { askShares, type DeviceApp, linkedApp, unlockApp } from '../../../../../../tests/setup/device-app.ts';
import type { Answer, HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  asked,
  type Ceremony,
  good,
  isSignedIn,
  outcome,
  signIn,
  tryCode,
} from '../../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';

const DEVICES = '/api/account/devices';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

interface Settled {
  holder: Holder;
  browser: HttpBrowser;
  app: DeviceApp;
}

async function settled(): Promise<Settled> {
  const holder = await on.holder({ totp: true });
  const app = await linkedApp(on, holder);
  return { holder, app, browser: await signIn(on, on.browser(), holder) };
}

interface NotApproved {
  ceremony: Ceremony;
  operation: string;
}

const tryRemove = (browser: HttpBrowser, { device }: DeviceApp, operation?: string) =>
  browser.post<NotApproved>(`${DEVICES}/${device.id}/remove`, operation === undefined ? {} : { operation });

/** What the first call answers: what waits, and the ceremony to approve it by. */
async function proposed(browser: HttpBrowser, app: DeviceApp): Promise<NotApproved> {
  const answer = await tryRemove(browser, app);
  expect(outcome(answer)).toBe('403 proof-needed');
  return answer.body;
}

const tryApprove = (browser: HttpBrowser, operation: string, { id }: Pick<Ceremony, 'id'>) =>
  browser.post<{ state: string }>(`/api/operations/${operation}/approve`, { ceremony: id });

const stateOf = async ({ device }: DeviceApp) =>
  (
    await on.database.db
      .selectFrom('device')
      .select('state')
      .where('id', '=', device.id)
      .executeTakeFirstOrThrow()
  ).state;

describe('the devices of an account', () => {
  test('are listed with what they are and when they were seen; each has a name to choose', async () => {
    const { browser, app, holder } = await settled();
    const { devices } = good(await browser.get<{ devices: object[] }>(DEVICES));
    expect(devices).toEqual([
      {
        id: app.device.id,
        name: 'My phone',
        kind: expect.stringMatching(/phone|unknown/),
        browser: expect.any(String),
        system: expect.any(String),
        place: { local: expect.any(Boolean) },
        state: 'active',
        createdAt: expect.any(String),
        lastSeenAt: expect.any(String),
        wantsPush: false,
      },
    ]);
    const rename = `${DEVICES}/${app.device.id}/rename`;
    expect((await browser.post(rename, { name: 'The blue one' })).status).toBe(204);
    expect(good(await browser.get(DEVICES))).toMatchObject({ devices: [{ name: 'The blue one' }] });
    expect(outcome(await browser.post(rename, { name: '' }))).toBe('400 bad-input');
    await on.database.db.transaction().execute((tx) => on.stores.devices.freeze(tx, app.device));
    expect(good(await browser.get(DEVICES))).toMatchObject({ devices: [{ state: 'frozen' }] });
    const stranger = await signIn(on, on.browser(), await on.holder());
    expect(outcome(await stranger.post(rename, { name: 'Mine' }))).toBe('404 not-found');
    expect(outcome(await tryRemove(stranger, app))).toBe('404 not-found');
    expect(good(await browser.get<{ devices: object[] }>(DEVICES)).devices).toHaveLength(1);
    expect(holder.id).toBe(app.device.accountId);
  });
});

describe('[SES-4] removing a device', () => {
  test('is approved for this very removal, fresh as the session is; then it is done, and all the rest ends', async () => {
    const { browser, app, holder } = await settled();
    const elsewhere = await signIn(on, on.browser(1), holder);
    const letters = (await on.dev.outbox(holder.email)).length;
    const { ceremony, operation } = await proposed(browser, app);
    expect(ceremony).toMatchObject({ purpose: 'approve-operation', state: 'open', setUp: null });
    expect(ceremony.options.map((one) => one.method)).toEqual(['totp', 'app-push', 'app-qr', 'app-code']);

    expect(outcome(await tryRemove(browser, app, operation))).toBe('409 operation-gone');
    expect(outcome(await tryApprove(browser, operation, ceremony))).toBe('409 proof-missing');
    const proven = good(await tryCode(browser, ceremony, 'totp', await on.code(holder))).ceremony;
    expect(proven.state).toBe('satisfied');
    expect(outcome(await tryRemove(browser, app, operation))).toBe('409 operation-gone');
    expect(good(await tryApprove(browser, operation, ceremony))).toEqual({ state: 'approved' });
    expect((await tryRemove(browser, app, operation)).status).toBe(204);

    expect(await stateOf(app)).toBe('removed');
    expect(outcome(await askShares(on, app, '482915'))).toBe('410 device-gone');
    expect(await isSignedIn(browser)).toBe(true);
    expect(await isSignedIn(elsewhere)).toBe(false);
    expect((await on.dev.newest(holder.email, letters)).subject).toBe('Device removed: My phone');
    expect(outcome(await tryRemove(browser, app, operation))).toBe('404 not-found');
  });

  test('[PUSH-3] an app shows what is to be removed, and its approval counts for that alone', async () => {
    const { browser, app } = await settled();
    expect(await unlockApp(on, app, '482915')).toBe(true);
    const lost = await linkedApp(on, { ...(await on.holder()), id: app.device.accountId });
    const { ceremony, operation } = await proposed(browser, lost);
    const other = await proposed(browser, app);
    const challenges = `/api/ceremonies/${ceremony.id}/challenges`;
    type Pushed = { challenge: { number: string } };
    const push = good(await browser.post<Pushed>(challenges, asked(ceremony, 'app-push')));
    const [request] = good(await listRequests(on, app)).requests;
    expect(request).toMatchObject({ type: 'remove-device' });
    expect(request?.text).toContain('My phone');
    good(await approve(on, app, request!, { number: push.challenge.number, generation: 1 }));
    expect(outcome(await tryApprove(browser, other.operation, ceremony))).toBe('404 ceremony-gone');
    expect(outcome(await tryApprove(browser, other.operation, other.ceremony))).toBe('409 proof-missing');
    good(await tryApprove(browser, operation, ceremony));
    expect(outcome(await tryRemove(browser, app, operation))).toBe('409 operation-gone');
    expect((await tryRemove(browser, lost, operation)).status).toBe(204);
    expect([await stateOf(app), await stateOf(lost)]).toEqual(['active', 'removed']);
  });

  test('of 16 at once, on two nodes, one is done', async () => {
    const { browser, app, holder } = await settled();
    const { ceremony, operation } = await proposed(browser, app);
    good(await tryCode(browser, ceremony, 'totp', await on.code(holder)));
    const race = async <T>(send: (from: HttpBrowser) => Promise<Answer<T>>) => {
      const senders = Array.from({ length: 16 }, (_, n) => browser.at(on.nodes[n % 2]!.url));
      return (await Promise.all(senders.map(send))).map(outcome).sort();
    };
    const approvals = await race((from) => tryApprove(from, operation, ceremony));
    expect(approvals[0]).toBe('200');
    expect(approvals.filter((one) => one === '200')).toHaveLength(1);
    expect(['404 ceremony-gone', '409 operation-gone']).toEqual(
      expect.arrayContaining([...new Set(approvals.slice(1))]),
    );
    const removals = await race((from) => tryRemove(from, app, operation));
    expect(removals.filter((one) => one === '204')).toHaveLength(1);
    // Done before they looked at the operation, or before they looked at the device.
    expect(['404 not-found', '409 operation-gone']).toEqual(
      expect.arrayContaining([...new Set(removals.slice(1))]),
    );
  });

  test('what was approved is over after ten minutes, with its session, and for anybody else', async () => {
    const { browser, app, holder } = await settled();
    const { ceremony, operation } = await proposed(browser, app);
    const { ceremony: theirs } = await proposedElsewhere();
    expect(outcome(await tryApprove(browser, operation, theirs))).toBe('404 ceremony-gone');
    good(await tryCode(browser, ceremony, 'totp', await on.code(holder)));
    good(await tryApprove(browser, operation, ceremony));
    const elsewhere = await signIn(on, on.browser(), holder);
    good(await elsewhere.post('/api/account/sessions/end-all', { keepCurrent: true }));
    expect(outcome(await tryRemove(browser, app, operation))).toBe('401 sign-in-needed');
    await on.advance(601);
    expect(outcome(await tryRemove(elsewhere, app, operation))).toBe('409 operation-gone');
    expect(await stateOf(app)).toBe('active');
  });

  test('a stopped one that was the only second factor cannot be removed by the password', async () => {
    const holder = await on.holder();
    const browser = await signIn(on, on.browser(), holder);
    const app = await linkedApp(on, holder);
    await on.database.db.transaction().execute((tx) => on.stores.devices.lock(tx, app.device));
    const { ceremony } = await proposed(browser, app);
    expect(ceremony.options.map((one) => one.method)).not.toContain('password');
  });
});

async function proposedElsewhere(): Promise<NotApproved> {
  const { browser, app } = await settled();
  return proposed(browser, app);
}
