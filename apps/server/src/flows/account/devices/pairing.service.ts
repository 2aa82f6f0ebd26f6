import type { Session } from '../../../gate/model.ts';
import { type Pairing, type PairingPorts, pairingTopic } from '../../../gate/pairing.ts';
import type { ClientInfo } from '../../../platform/http/client-info.ts';
import { notFound } from '../../../platform/http/http.problems.ts';

/** A pairing as its page shows it: one that waits is over by itself in the end. */
export interface ShownPairing extends Omit<Pairing, 'state'> {
  state: Pairing['state'] | 'expired';
  device: { id: string; name: string } | null;
}

/** @throws notFound when the account has no such pairing */
export async function findPairing(
  { gate, pairings }: PairingPorts,
  { accountId }: Session,
  id: string,
): Promise<ShownPairing> {
  return gate.transaction(async (tx) => {
    const pairing = await pairings.find(tx, { accountId, id });
    if (!pairing) throw notFound();
    const { deviceId, state, expiresAt } = pairing;
    const device = deviceId === null ? undefined : await gate.devices.find(tx, { accountId, id: deviceId });
    const isLate = state === 'waiting' && expiresAt <= gate.clock.now();
    return {
      ...pairing,
      state: isLate ? 'expired' : state,
      device: device ? { id: device.id, name: device.name } : null,
    };
  });
}

/**
 * The code is worth nothing from now on; one that was used already stays as it is.
 *
 * @throws notFound when the account has no such pairing
 */
export async function cancelPairing(
  { gate, pairings }: PairingPorts,
  { accountId }: Session,
  id: string,
  client: ClientInfo,
): Promise<void> {
  const isCancelled = await gate.transaction(async (tx) => {
    if (!(await pairings.find(tx, { accountId, id }))) throw notFound();
    if (!(await pairings.cancel(tx, { accountId, id }))) return false;
    const at = gate.clock.now();
    const details = { pairing: id };
    await gate.audit(tx, { type: 'pairing-cancelled', accountId, actor: 'holder', at, client, details });
    return true;
  });
  if (isCancelled) gate.events.wake(pairingTopic(id));
}
