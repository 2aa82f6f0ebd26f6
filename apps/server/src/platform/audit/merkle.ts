import { createHash } from 'node:crypto';

/** Leaf and inner node are hashed apart, so that neither can pass for the other (RFC 9162 §2.1.1). */
const NODE_PREFIX = Buffer.of(0x01);

/** The Merkle Tree Hash of leaves that are hashed already (RFC 9162 §2.1.1); of none, SHA-256 of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[]): Buffer {
  const [first] = leaves;
  if (!first) return createHash('sha256').digest();
  if (leaves.length === 1) return Buffer.from(first);
  const left = largestPowerOfTwoBelow(leaves.length);
  return createHash('sha256')
    .update(NODE_PREFIX)
    .update(merkleRoot(leaves.slice(0, left)))
    .update(merkleRoot(leaves.slice(left)))
    .digest();
}

/**
 * The hashes by which whoever has one leaf computes the root, from the leaf upwards (RFC 9162 §2.1.3.1).
 *
 * @param index of the leaf, counted from zero
 */
export function merklePath(leaves: readonly Uint8Array[], index: number): Buffer[] {
  if (index < 0 || index >= leaves.length) throw new RangeError('there is no such leaf');
  if (leaves.length === 1) return [];
  const left = largestPowerOfTwoBelow(leaves.length);
  const [first, second] = [leaves.slice(0, left), leaves.slice(left)];
  return index < left
    ? [...merklePath(first, index), merkleRoot(second)]
    : [...merklePath(second, index - left), merkleRoot(first)];
}

const largestPowerOfTwoBelow = (count: number): number => 2 ** Math.floor(Math.log2(count - 1));
