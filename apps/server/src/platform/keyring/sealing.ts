import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { decrypt, encrypt } from './aes-gcm.ts';
import { lengthPrefixed } from './length-prefixed.ts';

/** Where a sealed value stands: a value moved to another place does not open. */
export interface Place {
  table: string;
  /** What names the row, its primary key written as text. */
  row: string;
  column: string;
}

/** A sealed value that was moved, cut or changed, or whose data key is not here. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';

  constructor(place: Place) {
    super(`The sealed value of ${place.table}.${place.column} does not open`);
  }
}

/** Data keys, unwrapped. */
export interface DataKeys {
  /** Keys that seal, by their number. */
  seal: ReadonlyMap<number, Uint8Array>;
  /** The number of the one that seals new values. */
  current: number;
  /** The key of keyed hashes: one, for ever. */
  mac: Uint8Array;
}

/** The first byte of a sealed value: which layout follows. */
const VERSION = 1;
const HEADER_BYTES = 5;

/**
 * Seals a value for one place. Layout: version (1 byte), number of the data key (4 bytes, most significant
 * first), IV (12), ciphertext, tag (16); the associated data are table, row and column, length-prefixed.
 */
export function seal(keys: DataKeys, plain: Uint8Array | string, place: Place): Buffer {
  const key = keys.seal.get(keys.current);
  if (!key) throw new Error(`There is no data key ${keys.current}`);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(VERSION, 0);
  header.writeUInt32BE(keys.current, 1);
  return Buffer.concat([header, encrypt(keyObjectOf(key), Buffer.from(plain), associatedData(place))]);
}

/** The value sealed for this place. Throws SealBroken otherwise. */
export function open(keys: DataKeys, sealed: Uint8Array, place: Place): Buffer {
  const bytes = Buffer.from(sealed);
  if (bytes.length < HEADER_BYTES || bytes.readUInt8(0) !== VERSION) throw new SealBroken(place);
  const key = keys.seal.get(bytes.readUInt32BE(1));
  const plain = key && decrypt(keyObjectOf(key), bytes.subarray(HEADER_BYTES), associatedData(place));
  if (!plain) throw new SealBroken(place);
  return plain;
}

function associatedData({ table, row, column }: Place): Buffer {
  return lengthPrefixed([table, row, column]);
}

/**
 * HMAC-SHA-256 over length-prefixed parts, under a key derived for the purpose (HKDF, RFC 5869), so that the
 * same value hashed for two purposes gives two unlike hashes.
 */
export function macOf(keys: DataKeys, purpose: string, parts: readonly (string | Uint8Array)[]): Buffer {
  return createHmac('sha256', macKeyOf(keys.mac, purpose)).update(lengthPrefixed(parts)).digest();
}

// Preparing a key takes Node several times as long as using it, so each is prepared once.
const keyObjects = new WeakMap<Uint8Array, KeyObject>();
const macKeys = new WeakMap<Uint8Array, Map<string, KeyObject>>();

function keyObjectOf(key: Uint8Array): KeyObject {
  const known = keyObjects.get(key);
  if (known) return known;
  const made = createSecretKey(key);
  keyObjects.set(key, made);
  return made;
}

/** Purposes are constants of the program: there are a dozen. */
function macKeyOf(key: Uint8Array, purpose: string): KeyObject {
  const byPurpose = macKeys.get(key) ?? new Map<string, KeyObject>();
  macKeys.set(key, byPurpose);
  const known = byPurpose.get(purpose);
  if (known) return known;
  const derived = hkdfSync('sha256', key, Buffer.alloc(0), `sigillo mac ${purpose}`, 32);
  const made = createSecretKey(Buffer.from(derived));
  byPurpose.set(purpose, made);
  return made;
}
