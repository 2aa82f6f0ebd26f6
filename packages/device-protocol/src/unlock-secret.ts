import { type Bytes, join, lengthPrefixed, uint32 } from './bytes.ts';
import type { Key } from './crypto-key.ts';
import type { DeviceKeys } from './device-keys.ts';
import { deriveAesKey, hmac } from './key-derivation.ts';
import { LABELS } from './labels.ts';

/** What unlocks the app: the holder's code, or the PRF output of a user-verified passkey in its place. */
export type UnlockSecret = { code: string } | { prf: Bytes };

/**
 * x = HMAC(L, "unlock" | code): what the server sees of an unlock code. Without L it says nothing about it.
 */
export async function unlockInput({ localKey }: DeviceKeys, secret: UnlockSecret): Promise<Bytes> {
  const label = 'code' in secret ? LABELS.unlockByCode : LABELS.unlockByPrf;
  return hmac(localKey, lengthPrefixed(label, secretPart(secret)));
}

/**
 * KEK = HKDF(y ‖ HMAC(L, "kek" | code)): opens one generation of the outer layer. It takes the server's share,
 * the device's local key and the holder's code together.
 */
export async function keyEncryptionKey(
  { localKey, deviceKeyId }: DeviceKeys,
  secret: UnlockSecret,
  share: Bytes,
  generation: number,
): Promise<Key> {
  const label = 'code' in secret ? LABELS.kekByCode : LABELS.kekByPrf;
  const local = await hmac(localKey, lengthPrefixed(label, secretPart(secret)));
  const context = [deviceKeyId, uint32(generation)];
  return deriveAesKey({ secret: join(share, local), label: LABELS.kek, context });
}

function secretPart(secret: UnlockSecret): string | Bytes {
  return 'code' in secret ? secret.code : secret.prf;
}
