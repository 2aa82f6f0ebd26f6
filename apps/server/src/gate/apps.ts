import type { Tx } from '../platform/database/database.ts';
import { type PushKind, queuePush } from '../platform/messages/messages.ts';
import type { Gate } from './ports.ts';

/** What the apps of an account wait for while they are open. */
export const appTopic = (accountId: string): string => `app:${accountId}`;

/**
 * Has the apps of an account look, by a notice to every device that wants them; in the transaction of what there
 * is to see. Those that are open are woken after the commit, by `wakeApps`.
 *
 * @param lifetimeSeconds how long there is something to see
 */
export async function tellApps(
  gate: Pick<Gate, 'devices' | 'keyring' | 'clock'>,
  tx: Tx,
  accountId: string,
  kind: PushKind,
  lifetimeSeconds: number,
): Promise<void> {
  const devices = await gate.devices.list(tx, accountId);
  for (const { id, state, wantsPush } of devices) {
    if (state !== 'active' || !wantsPush) continue;
    const notice = { accountId, deviceId: id, kind, lifetimeSeconds };
    await queuePush(tx, gate.keyring, gate.clock.nowMs(), notice);
  }
}

/** Has every open app of an account look again, on any node. Called after the commit. */
export function wakeApps(gate: Pick<Gate, 'events'>, accountId: string): void {
  gate.events.wake(appTopic(accountId));
}
