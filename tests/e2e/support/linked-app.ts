import { base64urlEncode, newShareKey } from '@sigillo/device-protocol';
import { newSeed } from '@sigillo/otp';
import type { Device } from '../../../apps/server/src/gate/devices.ts';
import { inTransaction } from '../../../apps/server/src/platform/database/database.ts';
import { randomId, uuidv7 } from '../../../apps/server/src/platform/ids.ts';
import { deviceIdOf } from '../../../apps/server/src/protocols/device/device-id.ts';
import { deviceStore } from '../../../apps/server/src/stores/gate/device.store.ts';
import { loadAppSources } from './app-sources.ts';
import { openAuthenticator } from './authenticator.ts';
import type { Holder } from './holders.ts';
import type { Look } from './looks.ts';
import type { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';

/** What everybody's app in these journeys is unlocked with. */
export const UNLOCK_CODE = '739164';

/** Somebody's phone: the app, linked to their account by the app's own modules, without a walk through the set-up. */
export async function openLinkedApp(stage: Stage, look: Look, holder: Holder): Promise<Visitor> {
  const visitor = await openAuthenticator(stage, look);
  await linkTo(stage, visitor, holder);
  return visitor;
}

/** Links an app that is open to one more account. @returns the device */
export async function linkTo(stage: Stage, visitor: Visitor, holder: Holder, name = holder.email) {
  const at = new Date(stage.nowMs());
  const ref = { accountId: holder.id, id: uuidv7(at.getTime()) };
  const [share, seed] = [newShareKey(), newSeed()];
  await loadAppSources(visitor);
  const made = await makeKeys(visitor, {
    issuer: stage.product.issuer,
    device: deviceIdOf(ref),
    account: { id: holder.id, userId: holder.userId, email: holder.email, service: 'Sigillo' },
    name,
    code: UNLOCK_CODE,
    share: base64urlEncode(share),
    seed: base64urlEncode(seed),
    atMs: at.getTime(),
  });
  const device: Device = {
    ...ref,
    ...(await made.evaluate(({ publicKeys }) => publicKeys)),
    state: 'active',
    name: 'Chrome on Android',
    channelId: randomId(),
    bindingLevel: 2,
    generation: 0,
    failures: 0,
    lifetimeFailures: 0,
    wantsPush: false,
    clientAddress: '198.18.0.1',
    userAgent: 'Phone',
    createdAt: at,
    lastSeenAt: at,
  };
  const secrets = { share: Buffer.from(share), seed: Buffer.from(seed) };
  await inTransaction(stage.product.database.db, (tx) =>
    deviceStore(stage.keyring).insert(tx, device, secrets),
  );
  // Now that the server knows the device: an app that has an account asks for it at once.
  await made.evaluate(async ({ account }) => {
    const { linked, storage } = window.sources ?? {};
    if (linked && storage) await linked.openLinkedAccounts(await storage.openStorage()).add(account);
  });
  return device;
}

/** What the holder, or a recovery, does to every app of an account. */
export async function removeDevices(stage: Stage, holder: Holder): Promise<void> {
  const devices = deviceStore(stage.keyring);
  await inTransaction(stage.product.database.db, async (tx) => {
    for (const device of await devices.list(tx, holder.id)) await devices.remove(tx, device);
  });
}

interface Link {
  issuer: string;
  device: string;
  account: { id: string; userId: string; email: string; service: string };
  name: string;
  code: string;
  /** The server's share key of generation 0. */
  share: string;
  seed: string;
  atMs: number;
}

/** Makes the keys as a set-up does. @returns what the app will store, in the page, and the public keys beside it */
async function makeKeys({ page }: Visitor, link: Link) {
  return page.evaluateHandle(async ({ code, share, seed, atMs, ...details }) => {
    const { protocol } = window.sources ?? {};
    if (!protocol) throw new Error('the app’s modules are not loaded');
    const bytes = (text: string) => protocol.base64urlDecode(text) ?? new Uint8Array();
    const keys = await protocol.newDeviceKeys();
    const approval = await protocol.newApprovalKey(keys);
    const y = await protocol.serverShare(bytes(share), await protocol.unlockInput(keys, { code }));
    const answer = { generation: 0, share: y, nextShare: y };
    const sealed = await protocol.sealApprovalKey(keys, { code }, approval, answer);
    const account = {
      ...details,
      keys,
      // Only the server knows the share of the next generation.
      stored: sealed.filter(({ generation }) => generation === 0),
      seed: { by: 'code' as const, bytes: await protocol.camouflageSeed(keys, code, bytes(seed)) },
      approvalKey: approval.publicKey,
      state: 'ready' as const,
      linkedAtMs: atMs,
      wrongTries: 0,
      hasOldCode: false,
    };
    return { account, publicKeys: { deviceKey: keys.devicePublicKey, approvalKey: approval.publicKey } };
  }, link);
}
