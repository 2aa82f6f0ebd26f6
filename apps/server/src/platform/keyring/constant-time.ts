import { timingSafeEqual } from 'node:crypto';

/**
 * Whether two secrets or authentication codes are equal, in a time that tells nothing of where they differ.
 * Their lengths are not secret.
 */
export function constantTimeEqual(a: Uint8Array | string, b: Uint8Array | string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
