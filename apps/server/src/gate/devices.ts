import { createHash } from 'node:crypto';
import type { Level, Method } from '@sigillo/assurance';
import type { PublicJwk } from '@sigillo/device-protocol';
import type { Tx } from '../platform/database/database.ts';
import { uuidFromBytes } from '../platform/ids.ts';

/** What an account can prove with the app, as long as one of its devices is linked. */
export const APP_METHODS: readonly Method[] = ['app-push', 'app-qr', 'app-code'];

export const isAppMethod = (method: Method): boolean => APP_METHODS.includes(method);

/**
 * The id of a factor of the app, or of the channel that all of them are: one for the account, whichever device
 * answers, so that two answers of the app are never two ways of recovery.
 */
export function appFactorId(accountId: string, name: Method | 'channel'): string {
  const bytes = createHash('sha256').update(`sigillo app v1 ${accountId} ${name}`).digest().subarray(0, 16);
  // A UUIDv8: its bits are ours to choose (RFC 9562 §5.8).
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return uuidFromBytes(bytes);
}

/**
 * - `frozen`: somebody went on with a copy of it; it can do nothing until it is paired again.
 * - `locked`: too many wrong codes, or given up by the app itself; its shares are gone for good. As long as it is
 *   listed its account is asked for the app: else whoever holds the telephone could switch the second factor off.
 * - `removed`: by its holder, or by recovery; its shares are gone for good.
 */
export type DeviceState = 'active' | 'frozen' | 'locked' | 'removed';

/** The app of one account on one phone or computer. */
export interface Device {
  accountId: string;
  id: string;
  state: DeviceState;
  name: string;
  channelId: string;
  /** How strongly it was bound: its approvals never count for more. */
  bindingLevel: Level;
  /** Signs requests. */
  deviceKey: PublicJwk;
  /** Approves; released by unlocking the app. */
  approvalKey: PublicJwk;
  generation: number;
  failures: number;
  lifetimeFailures: number;
  wantsPush: boolean;
  clientAddress: string;
  userAgent: string;
  createdAt: Date;
  lastSeenAt: Date;
}

export interface DeviceRef {
  accountId: string;
  id: string;
}

/** The server's shares of the current generation and of the next one. */
export interface Shares {
  generation: number;
  share: Buffer;
  nextShare: Buffer;
}

/** What the server alone keeps of a device, beside what it is. */
export interface DeviceSecrets {
  /** Share of generation 0. */
  share: Buffer;
  /** Of its one-time codes. */
  seed: Buffer;
}

/** A device's one-time codes: their seed, and the last time step that was spent. */
export interface DeviceCodes extends DeviceRef {
  bindingLevel: Level;
  seed: Buffer;
  usedStep: number;
}

/** How many tries that were not confirmed a device has, in a row and in its life ([PUSH-5]). */
export interface UnlockLimits {
  inARow: number;
  forLife: number;
}

/** Each method is one atomic decision. */
export interface DeviceStore {
  insert(tx: Tx, device: Device, secrets: DeviceSecrets): Promise<void>;
  /** Another approval key and other secrets for an active device that nobody ever tried to unlock. */
  replaceSecrets(tx: Tx, ref: DeviceRef, approvalKey: PublicJwk, secrets: DeviceSecrets): Promise<boolean>;
  find(tx: Tx, ref: DeviceRef): Promise<Device | undefined>;
  /** Those that are not removed, oldest first. */
  list(tx: Tx, accountId: string): Promise<Device[]>;
  /** True for the first request with this nonce. */
  burnNonce(tx: Tx, ref: DeviceRef, nonce: string): Promise<boolean>;
  /**
   * Counts a try to unlock before anything is given for it. A device may be at the server's generation or, when
   * the answer to its confirmation was lost, one ahead.
   *
   * @param freshShare becomes the next generation's share unless one is waiting already
   * @returns undefined when no try is left, or the generation is another one
   */
  takeUnlockTry(
    tx: Tx,
    ref: DeviceRef,
    wanted: { deviceGeneration: number; limits: UnlockLimits; freshShare: Buffer },
  ): Promise<Shares | undefined>;
  /** Moves on to the next generation and forgives the tries in a row; false when it has moved already. */
  confirmUnlock(tx: Tx, ref: DeviceRef, generation: number): Promise<boolean>;
  /** Active → frozen. */
  freeze(tx: Tx, ref: DeviceRef): Promise<boolean>;
  /** Active → locked; its shares are deleted. */
  lock(tx: Tx, ref: DeviceRef): Promise<boolean>;
  /** Any but removed → removed; its shares are deleted: a stolen copy of its storage is worth nothing. */
  remove(tx: Tx, ref: DeviceRef): Promise<boolean>;
  rename(tx: Tx, ref: DeviceRef, name: string): Promise<boolean>;
  /** Where notices reach it, as JSON; null when they do not. */
  setPush(tx: Tx, ref: DeviceRef, subscription: string | null): Promise<boolean>;
  pushOf(tx: Tx, ref: DeviceRef): Promise<string | undefined>;
  /** The codes of every active device of an account. */
  codesOf(tx: Tx, accountId: string): Promise<DeviceCodes[]>;
  /** Spends a time step, ever increasing; true for the one caller that did (RFC 6238 §5.2). */
  spendStep(tx: Tx, ref: DeviceRef, step: number): Promise<boolean>;
  touch(tx: Tx, ref: DeviceRef, seen: { address: string; userAgent: string; at: Date }): Promise<void>;
  /** Forgets a subscription that is dead; false when the device has another one, or none. */
  forgetPush(tx: Tx, ref: DeviceRef, subscription: string): Promise<boolean>;
}
