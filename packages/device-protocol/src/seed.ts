import { open, seal } from './aes-gcm.ts';
import { type Bytes, join, lengthPrefixed, randomBytes } from './bytes.ts';
import type { DeviceKeys } from './device-keys.ts';
import { deriveAesKey, deriveBytes, hmac } from './key-derivation.ts';
import { LABELS } from './labels.ts';

const SALT_BYTES = 32;

/**
 * A seed hidden by the unlock code: 32 random bytes of salt, then the seed xor a mask of the code. There is no
 * tag and nothing to compare: every code uncovers a seed, and only the server can tell which is the right one.
 * The salt is new each time, so that two seeds are never under one mask.
 */
export async function camouflageSeed(keys: DeviceKeys, code: string, seed: Uint8Array): Promise<Bytes> {
  const salt = randomBytes(SALT_BYTES);
  return join(salt, await mask(keys, code, salt, seed));
}

/** The seed that a code uncovers: the right one by the right code, another by any other. */
export async function uncoverSeed(keys: DeviceKeys, code: string, covered: Uint8Array): Promise<Bytes> {
  const salt = new Uint8Array(covered.slice(0, SALT_BYTES));
  return mask(keys, code, salt, covered.slice(SALT_BYTES));
}

async function mask(
  { localKey, deviceKeyId }: DeviceKeys,
  code: string,
  salt: Bytes,
  text: Uint8Array,
): Promise<Bytes> {
  const secret = await hmac(localKey, lengthPrefixed(LABELS.seedByCode, code));
  const stream = await deriveBytes(
    { secret, salt, label: LABELS.seedMask, context: [deviceKeyId] },
    text.length,
  );
  return stream.map((byte, i) => byte ^ (text[i] ?? 0));
}

/** A seed sealed under the PRF output of a user-verified passkey, by AES-256-GCM. */
export async function sealSeed(keys: DeviceKeys, prf: Bytes, seed: Bytes): Promise<Bytes> {
  return seal(await seedKey(keys, prf), seed, seedPlace(keys));
}

/** The seed that `sealSeed` sealed; undefined when passkey or device is another, or a bit was changed. */
export async function openSeed(keys: DeviceKeys, prf: Bytes, sealed: Bytes): Promise<Bytes | undefined> {
  return open(await seedKey(keys, prf), sealed, seedPlace(keys));
}

async function seedKey({ localKey, deviceKeyId }: DeviceKeys, prf: Bytes) {
  const local = await hmac(localKey, lengthPrefixed(LABELS.seedByPrf));
  return deriveAesKey({ secret: join(prf, local), label: LABELS.seedKey, context: [deviceKeyId] });
}

function seedPlace({ deviceKeyId }: DeviceKeys): Bytes {
  return lengthPrefixed(LABELS.seedKey, deviceKeyId);
}
