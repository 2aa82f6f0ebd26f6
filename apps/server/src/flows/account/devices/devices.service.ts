import { wakeApps } from '../../../gate/apps.ts';
import type { Device } from '../../../gate/devices.ts';
import type { Presenter, Prover, Session } from '../../../gate/model.ts';
import { notifyHolder } from '../../../gate/notices.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { ClientInfo } from '../../../platform/http/client-info.ts';
import { notFound } from '../../../platform/http/http.problems.ts';

/** The devices that the holder has not removed, those too that were stopped. */
export function listDevices(gate: Gate, { accountId }: Session): Promise<Device[]> {
  return gate.transaction((tx) => gate.devices.list(tx, accountId));
}

/** @throws notFound when the account has no such device */
export async function findDevice(gate: Gate, { accountId }: Session, id: string): Promise<Device> {
  const device = await gate.transaction((tx) => gate.devices.find(tx, { accountId, id }));
  if (!device || device.state === 'removed') throw notFound();
  return device;
}

/** @throws notFound when the account has no such device */
export async function renameDevice(
  gate: Gate,
  { accountId }: Session,
  { id, name }: { id: string; name: string },
  client: ClientInfo,
): Promise<void> {
  await gate.transaction(async (tx) => {
    if (!(await gate.devices.rename(tx, { accountId, id }, name))) throw notFound();
    const at = gate.clock.now();
    const details = { device: id };
    await gate.audit(tx, { type: 'device-renamed', accountId, actor: 'holder', at, client, details });
  });
  wakeApps(gate, accountId);
}

/**
 * Takes the app away from one device: what the server kept of it is destroyed, every other session and every token
 * ends, and the holder is told.
 *
 * @throws notFound when the account has no such device
 */
export async function removeDevice(
  gate: Gate,
  { tx, prover, session, presenter }: { tx: Tx; prover: Prover; session: Session; presenter: Presenter },
  id: string,
): Promise<void> {
  const ref = { accountId: prover.id, id };
  const device = await gate.devices.find(tx, ref);
  if (!device || !(await gate.devices.remove(tx, ref))) throw notFound();
  const epoch = await gate.accounts.raiseEpoch(tx, prover.id);
  await gate.sessions.endAll(tx, prover.id, session.id, gate.clock.now());
  await gate.sessions.moveToEpoch(tx, session, epoch);
  const params = { device: device.name };
  await notifyHolder(gate, tx, prover, presenter, { template: 'device-removed', params });
}
