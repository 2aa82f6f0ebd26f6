import { type Bytes, randomBytes } from './bytes.ts';
import { hmacWithBytes } from './key-derivation.ts';

/** A new share key K: 32 random bytes, sealed by the server beside the device's row. */
export function newShareKey(): Bytes {
  return randomBytes(32);
}

/**
 * The server's half of an unlock: y = HMAC(K, x). Made only after the try was counted and committed; whoever
 * learns y and has the device's storage can try codes without asking again, so it is never logged.
 *
 * @param x 32 bytes of an unlock request
 */
export async function serverShare(shareKey: Bytes, x: Bytes): Promise<Bytes> {
  return hmacWithBytes(shareKey, x);
}
