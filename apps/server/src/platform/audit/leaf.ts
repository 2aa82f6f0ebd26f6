import { createHash } from 'node:crypto';
import { uuidBytes } from '../ids.ts';
import { lengthPrefixed } from '../keyring/length-prefixed.ts';

/** The columns of an audit row that its leaf covers. */
export interface AuditRow {
  id: string;
  at: Date;
  account_id: string;
  body: Uint8Array;
}

/** Leaf and inner node are hashed apart, so that neither can pass for the other (RFC 9162 §2.1.1). */
const LEAF_PREFIX = Buffer.of(0x00);
const DOMAIN = 'sigillo audit leaf 1';

/**
 * The hash of an audit row that blocks are built from: SHA-256 of 0x00 and, each after its length in four
 * bytes, the domain, the id (16 bytes), the time (Unix milliseconds, 8 bytes, most significant first), the
 * account (16 bytes) and the body as stored.
 */
export function leafOf(row: AuditRow): Buffer {
  const at = Buffer.alloc(8);
  at.writeBigInt64BE(BigInt(row.at.getTime()));
  const parts = [DOMAIN, uuidBytes(row.id), at, uuidBytes(row.account_id), row.body];
  return createHash('sha256').update(LEAF_PREFIX).update(lengthPrefixed(parts)).digest();
}
