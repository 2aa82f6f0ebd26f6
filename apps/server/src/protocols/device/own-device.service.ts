import { wakeApps } from '../../gate/apps.ts';
import { type Device, isAppMethod } from '../../gate/devices.ts';
import type { Prover } from '../../gate/model.ts';
import { notifyHolder } from '../../gate/notices.ts';
import type { Gate } from '../../gate/ports.ts';
import { secondFactorsOf } from '../../gate/scene.ts';
import { endEverything } from '../../gate/sessions.ts';
import type { AuditEventType } from '../../platform/audit/event-types.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PushSubscription } from '../../platform/messages/push.transport.ts';
import { deviceGone } from './device.problems.ts';
import type { SignedBy, SignedRequestPorts } from './signed-request.ts';

export type OwnDevicePorts = SignedRequestPorts;

/** @throws deviceGone when the account is not active any more */
export async function holderOf(gate: Gate, { device }: SignedBy): Promise<Prover> {
  const prover = await gate.transaction((tx) => gate.accounts.load(tx, device.accountId));
  if (prover?.status !== 'active') throw deviceGone();
  return prover;
}

/** Another name on the account pages; the holder sees there that it changed. */
export async function nameDevice(gate: Gate, { device, presenter }: SignedBy, name: string): Promise<void> {
  await gate.transaction(async (tx) => {
    if (!(await gate.devices.rename(tx, device, name))) throw deviceGone();
    await record(gate, tx, 'device-renamed', device, presenter);
  });
}

/** @param subscription where notices reach the device; null when it wants none */
export async function setPush(
  gate: Gate,
  { device, presenter }: SignedBy,
  subscription: PushSubscription | null,
): Promise<void> {
  const text = subscription && JSON.stringify(subscription);
  await gate.transaction(async (tx) => {
    if (!(await gate.devices.setPush(tx, device, text))) throw deviceGone();
    await record(gate, tx, text === null ? 'device-notices-off' : 'device-notices-on', device, presenter);
  });
}

/**
 * The app gives itself up. What the server kept of it is destroyed, and as with every factor that goes, all sessions
 * end. Only where it was the account's last second factor the account stays one that is asked for it: who holds the
 * telephone has not unlocked it for this, and must not get by with the password alone from then on.
 */
export async function removeItself(gate: Gate, { device, presenter }: SignedBy): Promise<void> {
  await gate.transaction(async (tx) => {
    await gate.accounts.lock(tx, device.accountId);
    const prover = await gate.accounts.load(tx, device.accountId);
    if (!prover) throw deviceGone();
    const isLast = await isLastFactor(gate, tx, prover, device);
    const isDone = isLast ? await gate.devices.lock(tx, device) : await gate.devices.remove(tx, device);
    if (!isDone) throw deviceGone();
    if (!isLast) await endEverything(gate, tx, prover.id);
    await record(gate, tx, 'device-removed', device, presenter);
    const params = { device: device.name };
    await notifyHolder(gate, tx, prover, presenter, { template: 'device-removed', params });
  });
  wakeApps(gate, device.accountId);
}

async function isLastFactor(gate: Gate, tx: Tx, prover: Prover, device: Device): Promise<boolean> {
  const others = secondFactorsOf(gate, prover).some((one) => !isAppMethod(one.method));
  const devices = await gate.devices.list(tx, prover.id);
  return !others && devices.every((one) => one.id === device.id);
}

function record(
  gate: Gate,
  tx: Tx,
  type: AuditEventType,
  { accountId, id }: Device,
  { client }: SignedBy['presenter'],
): Promise<void> {
  const at = gate.clock.now();
  return gate.audit(tx, { type, accountId, actor: 'holder', at, client, details: { device: id } });
}
