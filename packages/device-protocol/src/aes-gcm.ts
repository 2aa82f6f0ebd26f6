import { type Bytes, join, randomBytes } from './bytes.ts';
import type { Key } from './crypto-key.ts';

const IV_BYTES = 12;

/** AES-256-GCM (NIST SP 800-38D): a random IV of 12 bytes, then the ciphertext with its tag of 16. */
export async function seal(key: Key, plain: Bytes, associatedData: Bytes): Promise<Bytes> {
  const iv = randomBytes(IV_BYTES);
  const sealed = await crypto.subtle.encrypt(parameters(iv, associatedData), key, plain);
  return join(iv, new Uint8Array(sealed));
}

/** What `seal` sealed; undefined when the key or the associated data is another, or a bit was changed. */
export async function open(key: Key, sealed: Bytes, associatedData: Bytes): Promise<Bytes | undefined> {
  const [iv, rest] = split(sealed);
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters(iv, associatedData), key, rest));
  } catch {
    return undefined;
  }
}

/** A private key sealed like `seal`, without its bytes ever being in the hands of a script. */
export async function wrap(key: Key, privateKey: Key, associatedData: Bytes): Promise<Bytes> {
  const iv = randomBytes(IV_BYTES);
  const wrapped = await crypto.subtle.wrapKey('pkcs8', privateKey, key, parameters(iv, associatedData));
  return join(iv, new Uint8Array(wrapped));
}

/** The private key that `wrap` wrapped, to sign with and never to be exported; undefined as in `open`. */
export async function unwrap(key: Key, wrapped: Bytes, associatedData: Bytes): Promise<Key | undefined> {
  const [iv, rest] = split(wrapped);
  const kind = { name: 'ECDSA', namedCurve: 'P-256' };
  const how = parameters(iv, associatedData);
  try {
    return await crypto.subtle.unwrapKey('pkcs8', rest, key, how, kind, false, ['sign']);
  } catch {
    return undefined;
  }
}

function split(sealed: Bytes): [iv: Bytes, rest: Bytes] {
  return [sealed.slice(0, IV_BYTES), sealed.slice(IV_BYTES)];
}

function parameters(iv: Bytes, additionalData: Bytes) {
  return { name: 'AES-GCM', iv, additionalData, tagLength: 128 };
}
