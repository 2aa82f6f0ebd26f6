import type { Level } from '@sigillo/assurance';
import { newShareKey, type PublicJwk } from '@sigillo/device-protocol';
import { newSeed } from '@sigillo/otp';
import type { Tx } from '../platform/database/database.ts';
import { randomId, uuidv7 } from '../platform/ids.ts';
import type { Device } from './devices.ts';
import { endWeaker } from './enrol.ts';
import { deviceKnown, tooManyDevices } from './gate.problems.ts';
import type { Presenter, Prover } from './model.ts';
import { notifyHolder } from './notices.ts';
import type { Gate } from './ports.ts';
import { secondFactorsOf } from './scene.ts';

/** Stopped ones among them: each is listed until its holder removes it. */
const DEVICES_PER_ACCOUNT = 10;

/** What an app says of itself when it is linked: its keys were proven to be its own. */
export interface NewDevice {
  name: string;
  deviceKey: PublicJwk;
  approvalKey: PublicJwk;
}

export interface LinkedDevice {
  device: Device;
  /** Of its one-time codes: given to the app once. */
  seed: Buffer;
}

/**
 * How strongly an app linked now is bound: the level of what was proven, 2 at most since a browser's keys can be
 * copied; and 2 for the first second factor of an account, which has nothing stronger to prove yet.
 */
export function deviceBindingLevel(gate: Gate, prover: Prover, provenLevel: Level): Level {
  return secondFactorsOf(gate, prover).length === 0 || provenLevel >= 2 ? 2 : 1;
}

/**
 * Links an app to an account, in the transaction that spends what allows it; the account is locked. Its first
 * second factor ends what the password alone had opened.
 *
 * @param prover the account as it is now that it is locked
 * @param keptSession the session that the app was linked from; null when there is none
 * @throws tooManyDevices; deviceKnown when it is one of the account's devices already
 */
export async function linkDevice(
  gate: Gate,
  tx: Tx,
  prover: Prover,
  presenter: Presenter,
  wanted: NewDevice & { bindingLevel: Level; keptSession: string | null },
): Promise<LinkedDevice> {
  const linked = await gate.devices.list(tx, prover.id);
  if (linked.some((one) => isSameKey(one, wanted.deviceKey))) throw deviceKnown();
  if (linked.length >= DEVICES_PER_ACCOUNT) throw tooManyDevices();
  const device = newDevice(gate, prover, presenter, wanted);
  const seed = Buffer.from(newSeed());
  await gate.devices.insert(tx, device, { share: Buffer.from(newShareKey()), seed });
  if (secondFactorsOf(gate, prover).length === 0) await endWeaker(gate, tx, prover.id, wanted.keptSession);
  const { id, name, bindingLevel } = device;
  await gate.audit(tx, {
    type: 'device-added',
    accountId: prover.id,
    actor: 'holder',
    at: device.createdAt,
    client: presenter.client,
    details: { device: id, bindingLevel, fromSession: wanted.keptSession },
  });
  await notifyHolder(gate, tx, prover, presenter, { template: 'device-added', params: { device: name } });
  return { device, seed };
}

/**
 * Gives an app its secrets again whose answer got lost on the way: it was linked a moment ago, by the same key, and
 * nobody has tried to unlock it since. Else its account would be left with a second factor that nobody holds.
 *
 * @returns undefined when there is no such device
 */
export async function linkAgain(
  gate: Gate,
  accountId: string,
  presenter: Presenter,
  { deviceKey, approvalKey }: NewDevice,
): Promise<(LinkedDevice & { prover: Prover }) | undefined> {
  const sinceMs = gate.clock.nowMs() - gate.settings.ceremonySeconds * 1000;
  const secrets = { share: Buffer.from(newShareKey()), seed: Buffer.from(newSeed()) };
  return gate.transaction(async (tx) => {
    const prover = await gate.accounts.load(tx, accountId);
    const devices = prover?.status === 'active' ? await gate.devices.list(tx, accountId) : [];
    const lost = devices.find((one) => isSameKey(one, deviceKey) && one.createdAt.getTime() > sinceMs);
    if (!prover || !lost || !(await gate.devices.replaceSecrets(tx, lost, approvalKey, secrets)))
      return undefined;
    await gate.audit(tx, {
      type: 'device-added-again',
      accountId,
      actor: 'holder',
      at: gate.clock.now(),
      client: presenter.client,
      details: { device: lost.id },
    });
    return { device: { ...lost, approvalKey }, seed: secrets.seed, prover };
  });
}

const isSameKey = ({ deviceKey }: Device, { x, y }: PublicJwk) => deviceKey.x === x && deviceKey.y === y;

function newDevice(
  gate: Gate,
  prover: Prover,
  { client }: Presenter,
  { name, deviceKey, approvalKey, bindingLevel }: NewDevice & { bindingLevel: Level },
): Device {
  const at = gate.clock.now();
  return {
    accountId: prover.id,
    id: uuidv7(at.getTime()),
    state: 'active',
    name,
    channelId: randomId(),
    bindingLevel,
    deviceKey,
    approvalKey,
    generation: 0,
    failures: 0,
    lifetimeFailures: 0,
    wantsPush: false,
    clientAddress: client.address,
    userAgent: client.userAgent,
    createdAt: at,
    lastSeenAt: at,
  };
}
