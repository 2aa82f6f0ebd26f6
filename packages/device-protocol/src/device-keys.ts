import { unwrap, wrap } from './aes-gcm.ts';
import { type Bytes, lengthPrefixed } from './bytes.ts';
import type { Key } from './crypto-key.ts';
import { LABELS } from './labels.ts';
import { exportPublicKey, newSigningKey, type PublicJwk, thumbprint } from './public-key.ts';

/** What a device keeps for one account. Every key is non-extractable: a script can use it and not read it. */
export interface DeviceKeys {
  /** D, P-256: signs every request. */
  deviceKey: Key;
  devicePublicKey: PublicJwk;
  /** Thumbprint of D: names the device's key, and binds whatever is stored beside it. */
  deviceKeyId: string;
  /** L, HMAC-SHA-256: without it nothing can be made of an unlock code. */
  localKey: Key;
  /** W, AES-256-GCM: the inner layer around the approval key. */
  wrappingKey: Key;
}

/** A, P-256, made for one account. */
export interface ApprovalKey {
  publicKey: PublicJwk;
  /** Non-extractable; for as long as the app is unlocked. */
  signingKey: Key;
  /** A under W: what the outer layer is put around. Kept in memory only. */
  inner: Bytes;
}

/** The keys of a device for one more account. */
export async function newDeviceKeys(): Promise<DeviceKeys> {
  const pair = await newSigningKey(false);
  const devicePublicKey = await exportPublicKey(pair.publicKey);
  return {
    deviceKey: pair.privateKey,
    devicePublicKey,
    deviceKeyId: await thumbprint(devicePublicKey),
    localKey: await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, [
      'sign',
    ]),
    wrappingKey: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'wrapKey',
      'unwrapKey',
    ]),
  };
}

/**
 * A new approval key. It is extractable for as long as this function runs, since it could not be wrapped
 * otherwise; what leaves is wrapped, or non-extractable.
 *
 * @throws Error when the wrapping key is not one of `newDeviceKeys`
 */
export async function newApprovalKey(keys: DeviceKeys): Promise<ApprovalKey> {
  const pair = await newSigningKey(true);
  const inner = await wrap(keys.wrappingKey, pair.privateKey, innerPlace(keys));
  const signingKey = await unwrapApprovalKey(keys, inner);
  if (!signingKey) throw new Error('the wrapped approval key does not open');
  return { publicKey: await exportPublicKey(pair.publicKey), signingKey, inner };
}

/** The approval key behind its inner layer; undefined when it belongs to another device or was changed. */
export async function unwrapApprovalKey(keys: DeviceKeys, inner: Bytes): Promise<Key | undefined> {
  return unwrap(keys.wrappingKey, inner, innerPlace(keys));
}

function innerPlace({ deviceKeyId }: DeviceKeys): Bytes {
  return lengthPrefixed(LABELS.approvalKeyInner, deviceKeyId);
}
