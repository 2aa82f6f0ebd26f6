import { createHash } from 'node:crypto';
import { lengthPrefixed } from '../keyring/length-prefixed.ts';

/** A block of the audit: up to a thousand rows, in the order in which they were sealed. */
export interface Block {
  /** Counted from one. */
  number: number;
  previousHash: Buffer;
  /** Position of its first row, counted from zero; of an empty block, where its first row would be. */
  first: number;
  count: number;
  merkleRoot: Buffer;
  sealedAt: Date;
  /** Of a block that goes on after a restored backup: what it goes on from, signed; see `Discontinuity`. */
  discontinuity: string | null;
}

/** Neither a leaf (0x00) nor an inner node (0x01). */
const BLOCK_PREFIX = Buffer.of(0x02);
const DOMAIN = 'sigillo audit block 1';
/** What the first block goes on from. */
export const GENESIS_HASH = Buffer.alloc(32);

/**
 * The hash of a block: SHA-256 of 0x02 and, each after its length in four bytes, the domain, the number, the hash of
 * the block before, the position of the first row, the number of rows, their Merkle root, the time (Unix
 * milliseconds) and, where there is one, the discontinuity. Numbers are 8 bytes, most significant first.
 */
export function hashOfBlock(block: Block): Buffer {
  const parts = [
    DOMAIN,
    eightBytes(block.number),
    block.previousHash,
    eightBytes(block.first),
    eightBytes(block.count),
    block.merkleRoot,
    eightBytes(block.sealedAt.getTime()),
    ...(block.discontinuity === null ? [] : [block.discontinuity]),
  ];
  return createHash('sha256').update(BLOCK_PREFIX).update(lengthPrefixed(parts)).digest();
}

function eightBytes(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}
