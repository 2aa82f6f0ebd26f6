import { type Bytes, hexDecode, lengthPrefixed } from '@sigillo/device-protocol';

/** What of an audit row with a commitment its leaf covers. */
export interface LeafParts {
  id: string;
  atMs: number;
  account: string;
  /** SHA-256 of the body as stored. */
  bodyHash: Uint8Array;
  commitment: Uint8Array;
}

/** The header of a block of the audit. */
export interface BlockHeader {
  number: number;
  previousHash: Uint8Array;
  first: number;
  count: number;
  merkleRoot: Uint8Array;
  sealedAtMs: number;
  discontinuity: string | null;
}

/** SHA-256 (FIPS 180-4 §6.2). */
export async function sha256(...parts: Uint8Array[]): Promise<Bytes> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined));
}

/** The leaf of an audit row that has a commitment; see `platform/audit/README.md`. */
export function leafHash({ id, atMs, account, bodyHash, commitment }: LeafParts): Promise<Bytes> {
  const parts = ['sigillo audit leaf 2', uuid(id), eightBytes(atMs), uuid(account), bodyHash, commitment];
  return sha256(Uint8Array.of(0x00), lengthPrefixed(...parts));
}

/** The hash of a block; see `platform/audit/README.md`. */
export function blockHash(block: BlockHeader): Promise<Bytes> {
  const parts = [
    'sigillo audit block 1',
    eightBytes(block.number),
    block.previousHash,
    eightBytes(block.first),
    eightBytes(block.count),
    block.merkleRoot,
    eightBytes(block.sealedAtMs),
    ...(block.discontinuity === null ? [] : [block.discontinuity]),
  ];
  return sha256(Uint8Array.of(0x02), lengthPrefixed(...parts));
}

/**
 * The root that a leaf and its path lead to (RFC 9162 §2.1.3.2); undefined when the path is not one of a tree of so
 * many leaves.
 */
export async function rootOfPath(
  leaf: Uint8Array,
  { index, count }: { index: number; count: number },
  path: readonly Uint8Array[],
): Promise<Uint8Array | undefined> {
  if (index < 0 || index >= count) return undefined;
  let [fn, sn, root] = [index, count - 1, leaf];
  for (const sibling of path) {
    if (sn === 0) return undefined;
    if (fn % 2 === 1 || fn === sn) {
      root = await sha256(Uint8Array.of(0x01), sibling, root);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else {
      root = await sha256(Uint8Array.of(0x01), root, sibling);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 ? root : undefined;
}

function uuid(id: string): Uint8Array {
  const bytes = hexDecode(id.replaceAll('-', ''));
  if (bytes?.length !== 16) throw new RangeError('not a UUID');
  return bytes;
}

function eightBytes(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, BigInt(value));
  return bytes;
}
