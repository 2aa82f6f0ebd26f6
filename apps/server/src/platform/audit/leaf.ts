import { createHash } from 'node:crypto';
import { uuidBytes } from '../ids.ts';
import { lengthPrefixed } from '../keyring/length-prefixed.ts';

/** The columns of an audit row that its leaf covers. */
export interface AuditRow {
  id: string;
  at: Date;
  account_id: string;
  body: Uint8Array;
  /** SHA-256 of what the row stands for elsewhere, if it does. */
  commitment?: Uint8Array | null;
}

/** Leaf and inner node are hashed apart, so that neither can pass for the other (RFC 9162 §2.1.1). */
const LEAF_PREFIX = Buffer.of(0x00);
const DOMAIN = 'sigillo audit leaf 1';
const COMMITTED_DOMAIN = 'sigillo audit leaf 2';

/**
 * The hash of an audit row that blocks are built from: SHA-256 of 0x00 and, each after its length in four
 * bytes, the domain, the id (16 bytes), the time (Unix milliseconds, 8 bytes, most significant first), the
 * account (16 bytes) and the body as stored. Of a row with a commitment, another domain, the body's SHA-256 in its
 * place and the commitment: who proves that a line is on record shows neither the body nor what opens it.
 */
export function leafOf(row: AuditRow): Buffer {
  const at = Buffer.alloc(8);
  at.writeBigInt64BE(BigInt(row.at.getTime()));
  const { id, account_id, body, commitment } = row;
  const place = [uuidBytes(id), at, uuidBytes(account_id)];
  const parts = commitment
    ? [COMMITTED_DOMAIN, ...place, createHash('sha256').update(body).digest(), commitment]
    : [DOMAIN, ...place, body];
  return createHash('sha256').update(LEAF_PREFIX).update(lengthPrefixed(parts)).digest();
}
