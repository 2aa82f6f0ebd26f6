import {
  type ApprovalKey,
  type DeviceKeys,
  newApprovalKey,
  newDeviceKeys,
  type SignedPairing,
  signMessage,
  thumbprint,
} from '@sigillo/device-protocol';
import { inTransaction } from '../../apps/server/src/platform/database/database.ts';
import { readDeviceId } from '../../apps/server/src/protocols/device/device-id.ts';
import { type AppGround, type DeviceApp, send, signed } from './device-app.ts';
import type { Answer, HttpBrowser } from './http-browser.ts';
import { asked, type Ceremony, type Challenge, good, type InCeremony } from './journeys.ts';
import type { Holder, PopulatedInstallation } from './populated.ts';

/** An app that has made its keys and is not linked to anything. */
export interface NewApp {
  keys: DeviceKeys;
  approval: ApprovalKey;
}

/** What a browser shows to link an app with. */
export interface Pairing {
  id: string;
  state: 'waiting' | 'linked' | 'void' | 'expired';
  text: string | null;
  code: string | null;
  device: { id: string; name: string } | null;
}

export interface Linked {
  device: string;
  account: { id: string; userId: string; email: string; service: string };
  seed: string;
}

export async function newApp(): Promise<NewApp> {
  const keys = await newDeviceKeys();
  return { keys, approval: await newApprovalKey(keys) };
}

/** Sends what an app sends before it is linked: its key is in the body. */
export async function sendUnlinked<T = Record<string, unknown>>(
  on: AppGround,
  { keys }: Pick<NewApp, 'keys'>,
  path: string,
  content: object,
  node = 0,
): Promise<Answer<T>> {
  const body = { deviceKey: keys.devicePublicKey, ...content };
  const request = await signed(on, { id: keys.deviceKeyId, keys }, path, body);
  return (await send(on, request, node)) as Answer<T>;
}

/** The message that both keys of an app sign. */
export async function signedPairing(
  on: AppGround,
  { keys, approval }: NewApp,
  code: string,
  issuerKey: string | null = null,
): Promise<SignedPairing> {
  const message = {
    issuer: on.server.issuer,
    issuerKey,
    code,
    deviceKey: keys.devicePublicKey,
    approvalKey: approval.publicKey,
  };
  const byD = { key: keys.deviceKey, keyId: keys.deviceKeyId };
  const byA = { key: approval.signingKey, keyId: await thumbprint(approval.publicKey) };
  return {
    byDevice: await signMessage('sigillo-pairing', message, byD),
    byApproval: await signMessage('sigillo-pairing', message, byA),
  };
}

export const startPairing = async (browser: HttpBrowser): Promise<Pairing & { code: string }> => {
  const { pairing } = good(await browser.post<{ pairing: Pairing }>('/api/account/devices/pairings'));
  return { ...pairing, code: pairing.code ?? '' };
};

/** Comes with a code as it is shown. */
export async function tryPair(
  on: AppGround,
  app: NewApp,
  code: string,
  {
    issuerKey = null,
    name = 'My phone',
    node = 0,
  }: { issuerKey?: string | null; name?: string; node?: number } = {},
): Promise<Answer<Linked>> {
  const pairing = await signedPairing(on, app, code.replaceAll('-', ''), issuerKey);
  return sendUnlinked<Linked>(on, app, '/device/pairings', { pairing, name }, node);
}

/** An app linked by the code that a signed-in browser shows. */
export async function pairApp(on: PopulatedInstallation, browser: HttpBrowser): Promise<DeviceApp> {
  const { code } = await startPairing(browser);
  const app = await newApp();
  return linkedAs(on, app, good(await tryPair(on, app, code)));
}

/** An app as it is once it has been told that it is linked. */
export async function linkedAs(on: PopulatedInstallation, app: NewApp, linked: Linked): Promise<DeviceApp> {
  const ref = readDeviceId(linked.device);
  const device = ref && (await inTransaction(on.database.db, (tx) => on.stores.devices.find(tx, ref)));
  if (!device) throw new Error(`${linked.device} is no device`);
  return { ...app, device, id: linked.device, seed: Buffer.from(linked.seed, 'base64url'), stored: [] };
}

export const tryStartLink = (
  on: PopulatedInstallation,
  app: NewApp,
  { email, password }: Pick<Holder, 'email' | 'password'>,
  node = 0,
) => sendUnlinked<InCeremony>(on, app, '/device/links', { identifier: email, password }, node);

/** Has a code sent, reads it where its owner would, and hands it in. */
export async function proveBySms(
  on: PopulatedInstallation,
  app: NewApp,
  ceremony: Ceremony,
  phone: string,
): Promise<Ceremony> {
  const ask = asked(ceremony, 'sms-code');
  const before = (await on.dev.outbox(phone)).length;
  const path = `/device/links/${ceremony.id}`;
  const sent = await sendUnlinked<{ challenge: Challenge }>(on, app, `${path}/challenges`, ask);
  const proof = { ...ask, challenge: good(sent).challenge.id, code: await on.dev.code(phone, before) };
  return good(await sendUnlinked<InCeremony>(on, app, `${path}/proofs`, proof)).ceremony;
}

export async function tryFinishLink(
  on: PopulatedInstallation,
  app: NewApp,
  { id }: Pick<Ceremony, 'id'>,
  node = 0,
): Promise<Answer<Linked>> {
  const pairing = await signedPairing(on, app, id);
  return sendUnlinked<Linked>(on, app, `/device/links/${id}/finish`, { pairing, name: 'My phone' }, node);
}

/** An app linked from within it: by name and password, and by what the account asks for beside them. */
export async function linkApp(on: PopulatedInstallation, holder: Holder): Promise<DeviceApp> {
  const app = await newApp();
  let { ceremony } = good(await tryStartLink(on, app, holder));
  const methods = ceremony.options.map((one) => one.method);
  if (methods.includes('totp')) {
    const proof = { ...asked(ceremony, 'totp'), code: await on.code(holder) };
    const path = `/device/links/${ceremony.id}/proofs`;
    ({ ceremony } = good(await sendUnlinked<InCeremony>(on, app, path, proof)));
  } else if (methods.includes('sms-code')) ceremony = await proveBySms(on, app, ceremony, holder.phone);
  return linkedAs(on, app, good(await tryFinishLink(on, app, ceremony)));
}
