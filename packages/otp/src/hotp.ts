/** The hash functions of RFC 6238 §1.2, by their Web Crypto names. Every authenticator app knows SHA-1. */
export type OtpAlgorithm = 'SHA-1' | 'SHA-256' | 'SHA-512';

/**
 * The code of one counter value (HOTP, RFC 4226 §5.3; other hashes by RFC 6238 §1.2).
 *
 * @param counter a whole number from 0 to 2⁵³−1, written as eight bytes (§5.2)
 * @param digits 6 to 8: fewer are guessed too easily, more do not come out of 31 bits evenly
 * @throws RangeError when counter or digits are out of range
 */
export async function hotp(
  seed: Uint8Array,
  counter: number,
  digits = 6,
  algorithm: OtpAlgorithm = 'SHA-1',
): Promise<string> {
  if (!Number.isSafeInteger(counter) || counter < 0) throw new RangeError('counter out of range');
  if (!Number.isInteger(digits) || digits < 6 || digits > 8) throw new RangeError('digits out of range');

  const message = new DataView(new ArrayBuffer(8));
  message.setBigUint64(0, BigInt(counter));
  const mac = new DataView(await hmac(seed, message.buffer, algorithm));
  return String(truncate(mac) % 10 ** digits).padStart(digits, '0');
}

async function hmac(seed: Uint8Array, message: ArrayBuffer, hash: OtpAlgorithm): Promise<ArrayBuffer> {
  const raw = new Uint8Array(seed); // a copy, so that a view of shared memory is accepted too
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash }, false, ['sign']);
  return crypto.subtle.sign('HMAC', key, message);
}

/** Dynamic truncation (RFC 4226 §5.3): four bytes from where the last nibble points, without the sign bit. */
function truncate(mac: DataView): number {
  const offset = mac.getUint8(mac.byteLength - 1) & 0x0f;
  return mac.getUint32(offset) & 0x7fffffff;
}
