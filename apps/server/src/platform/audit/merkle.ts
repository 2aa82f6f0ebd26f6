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

const largestPowerOfTwoBelow = (count: number): number => 2 ** Math.floor(Math.log2(count - 1));
