import { AppBrowser } from './app-browser.ts';
import { approvalOf, approve, pictureOf, refusalOf, scan, showQr } from './app-requests.ts';
import { type DeviceApp, linkedApp } from './device-app.ts';
import type { HttpBrowser } from './http-browser.ts';
import { asked, type Ceremony, type Challenge, good, signIn, tryCode } from './journeys.ts';
import { type NewApp, newApp, signedPairing, startPairing, tryStartLink } from './link-app.ts';
import type { Holder, PopulatedInstallation } from './populated.ts';
import { type Prepare, type Prepared, post } from './prepared.ts';

/** Where the tests' apps are, as the server sees it. */
const PHONE_ADDRESS = '127.0.0.1';

async function withApp(on: PopulatedInstallation, holder?: Holder) {
  const who = holder ?? (await on.holder({ totp: true }));
  const app = await linkedApp(on, who);
  return { holder: who, app, own: new AppBrowser(on, app) };
}

async function signedInWithApp(on: PopulatedInstallation) {
  const { holder, app } = await withApp(on);
  return { holder, app, browser: await signIn(on, on.browser(), holder) };
}

const devicePath = ({ device }: DeviceApp, action: string) => `/api/account/devices/${device.id}/${action}`;

/** A removal that waits for its approval, proven and not yet approved. */
async function provenRemoval(on: PopulatedInstallation) {
  const { holder, app, browser } = await signedInWithApp(on);
  const refused = await browser.post<{ ceremony: Ceremony; operation: string }>(devicePath(app, 'remove'));
  const { ceremony, operation } = refused.body;
  good(await tryCode(browser, ceremony, 'totp', await on.code(holder)));
  const path = `/api/operations/${operation}/approve`;
  return {
    holder,
    app,
    browser,
    operation,
    approval: post(browser, path, { ceremony: ceremony.id }, holder),
  };
}

async function scanned(on: PopulatedInstallation, browser: HttpBrowser = on.browser(), holder?: Holder) {
  const linked = await withApp(on, holder);
  const ticket = await showQr(browser);
  const { request } = good(await scan(on, linked.app, pictureOf(ticket)));
  return { ...linked, browser, ticket, request };
}

/** Writes of the account pages about apps, and of pages that show a QR code. */
export const PAGES_ABOUT_APPS: Record<string, Prepare> = {
  startPairing: async (on) => {
    const { browser, holder } = await signedInWithApp(on);
    return post(browser, '/api/account/devices/pairings', {}, holder);
  },
  cancelPairing: async (on) => {
    const { browser, holder } = await signedInWithApp(on);
    const { id } = await startPairing(browser);
    return post(browser, `/api/account/devices/pairings/${id}/cancel`, {}, holder);
  },
  renameDevice: async (on) => {
    const { browser, holder, app } = await signedInWithApp(on);
    return post(browser, devicePath(app, 'rename'), { name: 'The blue one' }, holder);
  },
  approveOperation: async (on) => (await provenRemoval(on)).approval,
  removeDevice: async (on) => {
    const { browser, holder, app, operation, approval } = await provenRemoval(on);
    good(await browser.post(approval.path, approval.body));
    return post(browser, devicePath(app, 'remove'), { operation }, holder);
  },
  redeemQr: async (on) => {
    const holder = await on.holder({ totp: true });
    const browser = await signIn(on, on.browser(0, PHONE_ADDRESS), holder);
    good(await browser.post('/api/sign-out'));
    const { app, request, ticket } = await scanned(on, browser, holder);
    good(await approve(on, app, request));
    return post(browser, `/api/qr-tickets/${ticket.id}/redeem`, {}, holder);
  },
};

/** How an app sends what it sends before it is linked: its key is in the body. */
function unlinked(
  on: PopulatedInstallation,
  { keys }: NewApp,
  path: string,
  body: object,
  holder: Holder,
): Prepared {
  const own = new AppBrowser(on, { id: keys.deviceKeyId, keys });
  return post(own, path, { deviceKey: keys.devicePublicKey, ...body }, holder);
}

async function linking(on: PopulatedInstallation, holder: Holder) {
  const app = await newApp();
  const { ceremony } = good(await tryStartLink(on, app, holder));
  return { app, ceremony, path: `/device/links/${ceremony.id}` };
}

/** Writes of the app itself, each signed by its key. */
export const APP_SCENARIOS: Record<string, Prepare> = {
  startLink: async (on) => {
    const holder = await on.holder();
    const given = { identifier: holder.email, password: holder.password };
    return unlinked(on, await newApp(), '/device/links', given, holder);
  },
  startLinkChallenge: async (on) => {
    const holder = await on.holder({ sms: true });
    const { app, ceremony, path } = await linking(on, holder);
    return unlinked(on, app, `${path}/challenges`, asked(ceremony, 'sms-code'), holder);
  },
  proveLink: async (on) => {
    const holder = await on.holder({ sms: true });
    const { app, ceremony, path } = await linking(on, holder);
    const ask = asked(ceremony, 'sms-code');
    const before = (await on.dev.outbox(holder.phone)).length;
    const challenges = unlinked(on, app, `${path}/challenges`, ask, holder);
    const sent = await challenges.browser.post<{ challenge: Challenge }>(challenges.path, challenges.body);
    const proof = {
      ...ask,
      challenge: good(sent).challenge.id,
      code: await on.dev.code(holder.phone, before),
    };
    return unlinked(on, app, `${path}/proofs`, proof, holder);
  },
  finishLink: async (on) => {
    const holder = await on.holder();
    const { app, ceremony, path } = await linking(on, holder);
    const pairing = await signedPairing(on, app, ceremony.id);
    return unlinked(on, app, `${path}/finish`, { pairing, name: 'My phone' }, holder);
  },
  pairDevice: async (on) => {
    const { browser, holder } = await signedInWithApp(on);
    const { code } = await startPairing(browser);
    const app = await newApp();
    const pairing = await signedPairing(on, app, code.replaceAll('-', ''));
    return unlinked(on, app, '/device/pairings', { pairing, name: 'My phone' }, holder);
  },
  nameDevice: async (on) => {
    const { own, holder } = await withApp(on);
    return { ...post(own, '/device/me/name', { name: 'The blue one' }, holder), method: 'PUT' };
  },
  setDevicePush: async (on) => {
    const { own, holder } = await withApp(on);
    const keys = { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) };
    const subscription = { endpoint: 'https://push.example.org/1', keys };
    return { ...post(own, '/device/me/push', { subscription }, holder), method: 'PUT' };
  },
  markNoticesSeen: async (on) => {
    const { own, holder, app } = await withApp(on);
    return post(own, '/device/notices/seen', { upTo: app.device.id }, holder);
  },
  removeDeviceItself: async (on) => {
    const { own, holder } = await withApp(on);
    return { ...post(own, '/device/me', {}, holder), method: 'DELETE' };
  },
  approveRequest: async (on) => {
    const { app, own, request, holder } = await scanned(on);
    const approval = await approvalOf(on, app, request);
    return post(own, `/device/requests/${request.id}/approve`, { approval }, holder);
  },
  refuseRequest: async (on) => {
    const { app, own, request, holder } = await scanned(on);
    const refusal = await refusalOf(on, app, request);
    return post(own, `/device/requests/${request.id}/refuse`, { refusal }, holder);
  },
};
