/** What the server counts for a device. */
export interface Ratchet {
  /** g: rises with every confirmed unlock. */
  generation: number;
  /** Tries since the last confirmed unlock. */
  failures: number;
  /** Tries that were never confirmed. */
  lifetimeFailures: number;
}

/** How many tries that were not confirmed a device has, in a row and in its life. */
export const UNLOCK_LIMITS = { inARow: 10, forLife: 50 } as const;

/** A device as it is paired. */
export const NEW_RATCHET: Ratchet = { generation: 0, failures: 0, lifetimeFailures: 0 };

/**
 * What becomes of an unlock request.
 * - `granted`: the try is counted; once that is committed, the shares may be made.
 * - `exhausted`: the device is revoked, its share keys deleted.
 * - `clone`: somebody else has moved on with a copy of this device: freeze, tell the holder, pair again.
 * - `unknown-generation`: the server never was there (it was restored from a backup): pair again.
 */
export type UnlockTry =
  | { outcome: 'granted'; ratchet: Ratchet }
  | { outcome: 'exhausted' | 'clone' | 'unknown-generation' };

/**
 * Judges an unlock request by the generation it names, and counts the try as a failure until it is confirmed.
 * A device may be one generation ahead: its confirmation was lost, and it still has the server's generation.
 */
export function tryUnlock(ratchet: Ratchet, deviceGeneration: number): UnlockTry {
  const { generation, failures, lifetimeFailures } = ratchet;
  if (failures >= UNLOCK_LIMITS.inARow || lifetimeFailures >= UNLOCK_LIMITS.forLife) {
    return { outcome: 'exhausted' };
  }
  if (deviceGeneration < generation) return { outcome: 'clone' };
  if (deviceGeneration > generation + 1) return { outcome: 'unknown-generation' };
  return {
    outcome: 'granted',
    ratchet: { generation, failures: failures + 1, lifetimeFailures: lifetimeFailures + 1 },
  };
}

/**
 * The counters after a confirmation by the approval key: the next generation, tries in a row forgiven, and its
 * own try given back; the failures of others stay on the device's life. Undefined when the confirmation is of
 * another generation: a repeated one changes nothing.
 */
export function confirmUnlock(ratchet: Ratchet, confirmed: number): Ratchet | undefined {
  if (confirmed !== ratchet.generation || ratchet.failures === 0) return undefined;
  return {
    generation: ratchet.generation + 1,
    failures: 0,
    lifetimeFailures: ratchet.lifetimeFailures - 1,
  };
}
