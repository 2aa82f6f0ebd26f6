import { open, seal } from './aes-gcm.ts';
import { type Bytes, lengthPrefixed, uint32 } from './bytes.ts';
import type { Key } from './crypto-key.ts';
import { type ApprovalKey, type DeviceKeys, unwrapApprovalKey } from './device-keys.ts';
import { LABELS } from './labels.ts';
import { keyEncryptionKey, type UnlockSecret } from './unlock-secret.ts';

/** The approval key under both layers, as stored: opens with the server's share of its generation. */
export interface SealedApprovalKey {
  generation: number;
  blob: Bytes;
}

/** What the server answers to an unlock request. */
export interface UnlockAnswer {
  /** The server's generation. */
  generation: number;
  /** y = HMAC(K of this generation, x) */
  share: Bytes;
  /** y' = HMAC(K of the next one, x) */
  nextShare: Bytes;
}

/** An approval key that opened, and what is to be stored before the server is told. */
export type Unlocked =
  | { unlocked: true; signingKey: Key; inner: Bytes; store: SealedApprovalKey[] }
  | { unlocked: false; reason: 'wrong-code' | 'no-such-generation' };

/**
 * Opens the approval key and seals it for the next generation as well. The caller stores `store` in one
 * transaction in place of what was stored, then confirms with a signature by the approval key, and keeps
 * `signingKey` and `inner` in memory until the app locks.
 *
 * `wrong-code`: the tag does not fit, which is all that anybody can tell without the right code.
 * `no-such-generation`: the server is at one that this device never had; it has to be paired again.
 */
export async function unlock(
  keys: DeviceKeys,
  secret: UnlockSecret,
  stored: readonly SealedApprovalKey[],
  answer: UnlockAnswer,
): Promise<Unlocked> {
  const current = stored.find(({ generation }) => generation === answer.generation);
  if (!current) return { unlocked: false, reason: 'no-such-generation' };

  const { generation, share, nextShare } = answer;
  const kek = await keyEncryptionKey(keys, secret, share, generation);
  const inner = await open(kek, current.blob, outerPlace(keys, generation));
  const signingKey = inner && (await unwrapApprovalKey(keys, inner));
  if (!signingKey) return { unlocked: false, reason: 'wrong-code' };

  const next = await sealFor(keys, secret, inner, nextShare, generation + 1);
  return { unlocked: true, signingKey, inner, store: [current, next] };
}

/**
 * Seals an approval key that is in memory under a secret of the holder's choice, for both generations of the
 * answer: the first time, when the code is changed, when a passkey takes its place. Only the outer layer is
 * made; storing and confirming are as after `unlock`.
 */
export async function sealApprovalKey(
  keys: DeviceKeys,
  secret: UnlockSecret,
  { inner }: Pick<ApprovalKey, 'inner'>,
  { generation, share, nextShare }: UnlockAnswer,
): Promise<SealedApprovalKey[]> {
  return Promise.all([
    sealFor(keys, secret, inner, share, generation),
    sealFor(keys, secret, inner, nextShare, generation + 1),
  ]);
}

/** What remains stored once the server has confirmed that it moved on from a generation. */
export function dropGeneration(stored: readonly SealedApprovalKey[], confirmed: number): SealedApprovalKey[] {
  return stored.filter(({ generation }) => generation > confirmed);
}

/** What an unlock request says about the device: the highest generation stored, or 0. */
export function highestGeneration(stored: readonly SealedApprovalKey[]): number {
  return Math.max(0, ...stored.map(({ generation }) => generation));
}

async function sealFor(
  keys: DeviceKeys,
  secret: UnlockSecret,
  inner: Bytes,
  share: Bytes,
  generation: number,
): Promise<SealedApprovalKey> {
  const kek = await keyEncryptionKey(keys, secret, share, generation);
  return { generation, blob: await seal(kek, inner, outerPlace(keys, generation)) };
}

function outerPlace({ deviceKeyId }: DeviceKeys, generation: number): Bytes {
  return lengthPrefixed(LABELS.approvalKeyOuter, deviceKeyId, uint32(generation));
}
