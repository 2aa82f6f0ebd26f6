import {
  type ApprovalKey,
  base64urlDecode,
  base64urlEncode,
  type DeviceKeys,
  dropGeneration,
  highestGeneration,
  newApprovalKey,
  newDeviceKeys,
  newNonce,
  newShareKey,
  type SealedApprovalKey,
  sealApprovalKey,
  signMessage,
  signRequest,
  thumbprint,
  type UnlockAnswer,
  unlock,
  unlockInput,
} from '@sigillo/device-protocol';
import { newSeed } from '@sigillo/otp';
import type { Device } from '../../apps/server/src/gate/devices.ts';
import { type Db, inTransaction } from '../../apps/server/src/platform/database/database.ts';
import { randomId, uuidv7 } from '../../apps/server/src/platform/ids.ts';
import type { Keyring } from '../../apps/server/src/platform/keyring/keyring.ts';
import { deviceIdOf } from '../../apps/server/src/protocols/device/device-id.ts';
import { deviceStore } from '../../apps/server/src/stores/gate/device.store.ts';
import type { Answer } from './http-browser.ts';

/** What an app meets: where the server is, what time it has, and its database to be linked in. */
export interface AppGround {
  database: { db: Db };
  keyring: Keyring;
  server: { issuer: string };
  /** At least one. */
  nodes: readonly { url: string }[];
  nowMs(): number;
}

/** What one app stores and holds, as the real one does, without pages. */
export interface DeviceApp {
  device: Device;
  /** As the device names itself. */
  id: string;
  keys: DeviceKeys;
  approval: ApprovalKey;
  /** Of its one-time codes. */
  seed: Uint8Array;
  stored: SealedApprovalKey[];
  /** Where its requests come from; from this computer when none is said. */
  address?: string;
}

/** A request as an app sends it; tests change what they want to see refused. */
export interface SignedRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

type Text = Record<string, unknown>;

/** An app that is linked to the holder's account, by what linking leaves in the database. */
export async function linkedApp(on: AppGround, holder: { id: string }): Promise<DeviceApp> {
  const keys = await newDeviceKeys();
  const approval = await newApprovalKey(keys);
  const at = new Date(on.nowMs());
  const device: Device = {
    accountId: holder.id,
    id: uuidv7(at.getTime()),
    state: 'active',
    name: 'My phone',
    channelId: randomId(),
    bindingLevel: 2,
    deviceKey: keys.devicePublicKey,
    approvalKey: approval.publicKey,
    generation: 0,
    failures: 0,
    lifetimeFailures: 0,
    wantsPush: false,
    clientAddress: '198.18.0.1',
    userAgent: 'Phone',
    createdAt: at,
    lastSeenAt: at,
  };
  const store = deviceStore(on.keyring);
  const seed = newSeed();
  const secrets = { share: Buffer.from(newShareKey()), seed: Buffer.from(seed) };
  await inTransaction(on.database.db, (tx) => store.insert(tx, device, secrets));
  return { device, id: deviceIdOf(device), keys, approval, seed, stored: [] };
}

/** What an app with the same storage would be: a copied browser profile, or a restored backup of it. */
export const copyOf = (app: DeviceApp): DeviceApp => ({ ...app, stored: [...app.stored] });

/** Signs a request as the app does. */
export async function signed(
  on: AppGround,
  app: Pick<DeviceApp, 'id' | 'keys' | 'address'>,
  path: string,
  content: Text,
  nonce = newNonce(on.nowMs()),
): Promise<SignedRequest> {
  const body = JSON.stringify(content);
  const request = {
    method: 'POST',
    url: `${on.server.issuer}${path}`,
    body: new TextEncoder().encode(body),
  };
  const signer = { deviceKey: app.keys.deviceKey, keyId: app.id, nonce };
  const from: Record<string, string> = app.address ? { 'x-forwarded-for': app.address } : {};
  return { method: 'POST', path, headers: { ...from, ...(await signRequest(request, signer)) }, body };
}

/** Sends it from the app's own origin, without a cookie. */
export async function send(on: AppGround, request: SignedRequest, node = 0): Promise<Answer<Text>> {
  const response = await fetch(`${on.nodes[node]?.url}${request.path}`, {
    method: request.method,
    headers: {
      host: new URL(on.server.issuer).host,
      origin: 'http://localhost:8081',
      'sec-fetch-site': 'cross-site',
      'content-type': 'application/json',
      ...request.headers,
    },
    body: request.body,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}

/** Asks for the shares, as the first step of an unlock. */
export async function askShares(on: AppGround, app: DeviceApp, code: string, node = 0) {
  return send(on, await unlockRequest(on, app, code), node);
}

/** The request of that step, ready to be sent. */
export async function unlockRequest(on: AppGround, app: DeviceApp, code: string): Promise<SignedRequest> {
  const nonce = newNonce(on.nowMs());
  const x = base64urlEncode(await unlockInput(app.keys, { code }));
  const generation = highestGeneration(app.stored);
  const message = await signMessage(
    'sigillo-unlock',
    { issuer: on.server.issuer, device: app.id, nonce, generation, x },
    { key: app.keys.deviceKey, keyId: app.keys.deviceKeyId },
  );
  return signed(on, app, '/device/unlock', { message }, nonce);
}

/** What the app makes of the shares: true when the code was right and the approval key opened. */
export async function openWith(app: DeviceApp, code: string, { body }: Answer<Text>): Promise<boolean> {
  const bytes = (text: unknown) => base64urlDecode(String(text)) ?? new Uint8Array();
  const answer: UnlockAnswer = {
    generation: Number(body.generation),
    share: bytes(body.share),
    nextShare: bytes(body.nextShare),
  };
  if (app.stored.length === 0) {
    app.stored = await sealApprovalKey(app.keys, { code }, app.approval, answer);
    return true;
  }
  const opened = await unlock(app.keys, { code }, app.stored, answer);
  if (opened.unlocked) app.stored = opened.store;
  return opened.unlocked;
}

/** Tells the server that generation opened. */
export async function confirm(on: AppGround, app: DeviceApp, generation: number, node = 0) {
  const nonce = newNonce(on.nowMs());
  const message = await signMessage(
    'sigillo-unlock-confirmation',
    { issuer: on.server.issuer, device: app.id, nonce, generation },
    { key: app.approval.signingKey, keyId: await thumbprint(app.approval.publicKey) },
  );
  return send(on, await signed(on, app, '/device/unlock/confirm', { message }, nonce), node);
}

/** A whole unlock; false when the code was wrong. */
export async function unlockApp(on: AppGround, app: DeviceApp, code: string): Promise<boolean> {
  const shares = await askShares(on, app, code);
  if (shares.status !== 200) throw new Error(`${shares.status}: ${JSON.stringify(shares.body)}`);
  const generation = Number(shares.body.generation);
  if (!(await openWith(app, code, shares))) return false;
  await confirm(on, app, generation);
  app.stored = dropGeneration(app.stored, generation);
  return true;
}

/** A signed GET, as `signed` makes a POST; the answer may be a stream. */
export async function signedGet(
  on: AppGround,
  app: Pick<DeviceApp, 'id' | 'keys'>,
  path: string,
  node = 0,
): Promise<Response> {
  const signer = { deviceKey: app.keys.deviceKey, keyId: app.id, nonce: newNonce(on.nowMs()) };
  const headers = await signRequest({ method: 'GET', url: `${on.server.issuer}${path}` }, signer);
  return getFrom(on, path, headers, node);
}

/** A GET from the app's own origin, signed or not. */
export function getFrom(
  on: AppGround,
  path: string,
  headers: Record<string, string>,
  node = 0,
): Promise<Response> {
  const host = new URL(on.server.issuer).host;
  const site = { host, origin: 'http://localhost:8081', 'sec-fetch-site': 'cross-site' };
  return fetch(`${on.nodes[node]?.url}${path}`, { headers: { ...site, ...headers } });
}
