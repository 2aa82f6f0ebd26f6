import type { Authenticators } from '../gate/account-ports.ts';
import type { DeviceStore } from '../gate/devices.ts';
import type { Clock } from '../platform/clock/clock.ts';
import type { Tx } from '../platform/database/database.ts';
import type { CredentialEvent, CredentialRecord } from './credential-life.ts';

export interface RecordingPorts {
  credentials: CredentialRecord;
  clock: Clock;
}

/** Notes what becomes of each authenticator, in the transaction by which it does [SPID-CRD-8]. */
export function recordedAuthenticators(store: Authenticators, ports: RecordingPorts): Authenticators {
  const note = noteOf(ports);
  const methodOf = async (tx: Tx, accountId: string, id: string) => {
    const held = await ports.credentials.held(tx, accountId);
    return held.find((one) => one.id === id)?.method ?? '';
  };
  return {
    ...store,
    async insert(tx, accountId, one) {
      await store.insert(tx, accountId, one);
      await note(tx, accountId, one.id, one.method, 'created', 'delivered');
      if (one.state === 'active') await note(tx, accountId, one.id, one.method, 'activated');
    },
    async activate(tx, accountId, id, as) {
      const isActive = await store.activate(tx, accountId, id, as);
      if (isActive) await note(tx, accountId, id, await methodOf(tx, accountId, id), 'activated');
      return isActive;
    },
    async remove(tx, accountId, id) {
      const removed = await store.remove(tx, accountId, id);
      if (removed) await note(tx, accountId, id, removed.method, 'revoked');
      return removed;
    },
    async replaceSecret(tx, accountId, id, ...secret) {
      const isReplaced = await store.replaceSecret(tx, accountId, id, ...secret);
      if (isReplaced) await note(tx, accountId, id, await methodOf(tx, accountId, id), 'replaced');
      return isReplaced;
    },
  };
}

/** The same of the app on each device: a frozen one rests, a locked one has lost what it needs. */
export function recordedDevices(store: DeviceStore, ports: RecordingPorts): DeviceStore {
  const note = noteOf(ports);
  return {
    ...store,
    async insert(tx, device, secrets) {
      await store.insert(tx, device, secrets);
      await note(tx, device.accountId, device.id, 'app', 'created', 'delivered', 'activated');
    },
    async freeze(tx, ref) {
      const isFrozen = await store.freeze(tx, ref);
      if (isFrozen) await note(tx, ref.accountId, ref.id, 'app', 'suspended');
      return isFrozen;
    },
    async lock(tx, ref) {
      const isLocked = await store.lock(tx, ref);
      if (isLocked) await note(tx, ref.accountId, ref.id, 'app', 'revoked');
      return isLocked;
    },
    async remove(tx, ref) {
      const isRemoved = await store.remove(tx, ref);
      if (isRemoved) await note(tx, ref.accountId, ref.id, 'app', 'revoked');
      return isRemoved;
    },
  };
}

const noteOf =
  ({ credentials, clock }: RecordingPorts) =>
  async (tx: Tx, accountId: string, credentialId: string, method: string, ...events: CredentialEvent[]) => {
    for (const event of events)
      await credentials.note(tx, accountId, { credentialId, method, event, at: clock.now() });
  };
