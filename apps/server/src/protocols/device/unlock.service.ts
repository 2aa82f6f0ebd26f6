import {
  base64urlDecode,
  base64urlEncode,
  newShareKey,
  serverShare,
  tryUnlock,
  UNLOCK_LIMITS,
  verifyMessage,
} from '@sigillo/device-protocol';
import { wakeApps } from '../../gate/apps.ts';
import type { Device, DeviceStore, Shares } from '../../gate/devices.ts';
import { noteSignal } from '../../gate/monitoring.ts';
import { notifyHolder, type SecurityNotice } from '../../gate/notices.ts';
import type { Gate } from '../../gate/ports.ts';
import type { Tx } from '../../platform/database/database.ts';
import { deviceFrozen, deviceGone, requestNotSigned, unlockRefused } from './device.problems.ts';
import { deviceIdOf } from './device-id.ts';
import type { SignedBy } from './signed-request.ts';

export interface UnlockPorts {
  gate: Gate;
  devices: DeviceStore;
  issuer: string;
}

/** What the app needs, beside the code and its own keys, to open its approval key. */
export interface UnlockAnswer {
  generation: number;
  /** y and y' in base64url. */
  share: string;
  nextShare: string;
}

/**
 * The server's half of an unlock. The try is counted and committed first; the share is made afterwards. Whether
 * the code was right only the app can tell, and says so by `confirmUnlock`.
 *
 * @throws requestNotSigned when the message is not this device's
 * @throws deviceGone after too many wrong codes: the device is locked for good
 * @throws deviceFrozen when somebody went on with a copy of it: it is frozen, and its holder told
 * @throws unlockRefused when the device is at a generation that never was
 */
export async function unlockShares(ports: UnlockPorts, by: SignedBy, jws: string): Promise<UnlockAnswer> {
  const { gate, devices, issuer } = ports;
  const { device, nonce } = by;
  const expected = { issuer, device: deviceIdOf(device), nonce };
  const read = await verifyMessage('sigillo-unlock', jws, device.deviceKey, expected);
  const x = read.verified ? base64urlDecode(read.message.x) : undefined;
  if (!read.verified || !x) throw requestNotSigned({ serverTime: gate.clock.now().toISOString() });

  const wanted = {
    deviceGeneration: read.message.generation,
    limits: UNLOCK_LIMITS,
    freshShare: Buffer.from(newShareKey()),
  };
  const shares = await gate.transaction((tx) => devices.takeUnlockTry(tx, device, wanted));
  if (!shares) return refuse(ports, by, read.message.generation);
  return answer(shares, x);
}

async function answer(
  { generation, share, nextShare }: Shares,
  x: Uint8Array<ArrayBuffer>,
): Promise<UnlockAnswer> {
  const half = async (key: Buffer) => base64urlEncode(await serverShare(new Uint8Array(key), x));
  return { generation, share: await half(share), nextShare: await half(nextShare) };
}

/** Says why there is no share, and does what has to be done about it. */
async function refuse(
  { gate, devices }: UnlockPorts,
  by: SignedBy,
  deviceGeneration: number,
): Promise<never> {
  const { outcome, stopped } = await gate.transaction(async (tx) => {
    const now = await devices.find(tx, by.device);
    if (now?.state === 'frozen') return { outcome: 'clone' as const, stopped: false };
    if (now?.state !== 'active') return { outcome: 'exhausted' as const, stopped: false };
    const { outcome } = tryUnlock(now, deviceGeneration);
    const stopped =
      (outcome === 'exhausted' && (await devices.lock(tx, now))) ||
      (outcome === 'clone' && (await devices.freeze(tx, now)));
    if (stopped) await tell(gate, tx, by, now, outcome === 'clone' ? 'device-frozen' : 'device-locked-out');
    return { outcome, stopped };
  });
  // The app may be open in a window that has not asked since.
  if (stopped) wakeApps(gate, by.device.accountId);
  if (outcome === 'clone') throw deviceFrozen();
  if (outcome === 'exhausted') throw deviceGone();
  // It changed between the two looks: the app asks again.
  throw stopped ? deviceGone() : unlockRefused();
}

async function tell(
  gate: Gate,
  tx: Tx,
  { presenter }: SignedBy,
  device: Device,
  type: Extract<SecurityNotice, 'device-frozen' | 'device-locked-out'>,
): Promise<void> {
  const { accountId, id, name } = device;
  await gate.audit(tx, {
    type,
    accountId,
    actor: 'holder',
    at: gate.clock.now(),
    client: presenter.client,
    details: { device: id },
  });
  const prover = await gate.accounts.load(tx, accountId);
  if (prover) await notifyHolder(gate, tx, prover, presenter, { template: type, params: { device: name } });
  if (type !== 'device-frozen') return;
  await noteSignal(gate, tx, { accountId, signal: 'app-copied' }, presenter.client);
}

/**
 * The app opened its approval key and stored it for the next generation: the server moves on. Repeating it
 * changes nothing.
 *
 * @throws requestNotSigned when the approval key did not sign it
 */
export async function confirmUnlock(ports: UnlockPorts, by: SignedBy, jws: string): Promise<void> {
  const { gate, devices, issuer } = ports;
  const { device, nonce, presenter } = by;
  const expected = { issuer, device: deviceIdOf(device), nonce };
  const read = await verifyMessage('sigillo-unlock-confirmation', jws, device.approvalKey, expected);
  if (!read.verified) throw requestNotSigned({ serverTime: gate.clock.now().toISOString() });
  const { address, userAgent } = presenter.client;
  await gate.transaction(async (tx) => {
    await devices.confirmUnlock(tx, device, read.message.generation);
    await devices.touch(tx, device, { address, userAgent, at: gate.clock.now() });
  });
}
