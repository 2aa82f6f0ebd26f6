import { randomBytes } from './bytes.ts';
import { hexEncode } from './hex.ts';

const UUID_V7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * A nonce: a UUIDv7 (RFC 9562 §5.7), 74 bits of it random. The time inside says when it may be forgotten:
 * the server keeps used nonces for as long as it accepts the time they name.
 *
 * @param nowMs Unix time, in milliseconds
 */
export function newNonce(nowMs: number): string {
  const time = Math.floor(nowMs).toString(16).padStart(12, '0');
  const random = hexEncode(randomBytes(10));
  const variant = '89ab'.charAt(Number.parseInt(random.charAt(3), 16) & 3);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
}

/** The Unix time of a nonce, in milliseconds; undefined when it is no UUIDv7 in lower case. */
export function nonceTimeMs(nonce: string): number | undefined {
  const match = UUID_V7.exec(nonce);
  return match ? Number.parseInt(`${match[1]}${match[2]}`, 16) : undefined;
}
