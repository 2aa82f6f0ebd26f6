import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM (NIST SP 800-38D): random 12-byte IV, ciphertext, 16-byte tag. One key stands for at most 2^32
 * values (§8.3); `addSealKey` brings another in time.
 *
 * @param key 32 bytes
 * @param context what the value belongs to; must be the same to decrypt
 */
export function encrypt(key: Uint8Array | KeyObject, plain: Uint8Array, context: Uint8Array): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(context);
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** The value `encrypt` was given, or undefined when the key, the context or a byte is another. */
export function decrypt(
  key: Uint8Array | KeyObject,
  encrypted: Uint8Array,
  context: Uint8Array,
): Buffer | undefined {
  if (encrypted.length < IV_BYTES + TAG_BYTES) return undefined;
  const iv = encrypted.subarray(0, IV_BYTES);
  const end = encrypted.length - TAG_BYTES;
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
    .setAAD(context)
    .setAuthTag(encrypted.subarray(end));
  const plain = decipher.update(encrypted.subarray(IV_BYTES, end));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    return undefined; // final() throws exactly when the tag does not match
  }
}
