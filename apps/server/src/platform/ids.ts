import { randomBytes, randomUUID } from 'node:crypto';

/** The last millisecond an id was made in and the counter it carried: keeps ids of one process in order. */
let lastMs = -1;
let counter = 0;

/**
 * A UUIDv7 (RFC 9562 §5.7). Ids of one millisecond made by one process sort in the order they were made: the
 * 12 bits after the time are a counter with a random start (§6.2 method 1), 62 random bits follow. Beyond
 * some 2,000 ids in one millisecond the counter wraps: the order ends there, uniqueness does not.
 *
 * @param nowMs Unix time, in milliseconds
 * @throws RangeError when the time does not fit 48 bits
 */
export function uuidv7(nowMs: number): string {
  const random = randomBytes(10);
  counter = nowMs === lastMs ? (counter + 1) & 0xfff : random.readUInt16BE(8) & 0x7ff;
  lastMs = nowMs;

  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  random.copy(bytes, 8, 0, 8);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return uuidFromBytes(bytes);
}

/**
 * The smallest UUIDv7 of a millisecond: the lower bound of a range of ids by time.
 *
 * @param ms Unix time, in milliseconds
 */
export function uuidv7Floor(ms: number): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes.writeUInt8(0x70, 6);
  bytes.writeUInt8(0x80, 8);
  return uuidFromBytes(bytes);
}

/** A UUIDv4, for accounts: it tells nothing, not even when the account was made. */
export function randomId(): string {
  return randomUUID();
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The 16 bytes of a UUID. Throws a RangeError when the text is not one. */
export function uuidBytes(id: string): Buffer {
  if (!UUID.test(id)) throw new RangeError('Not a UUID');
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

/** The text form, in lower case, of the 16 bytes of a UUID. Throws a RangeError on another length. */
export function uuidFromBytes(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new RangeError('A UUID has 16 bytes');
  const hex = Buffer.from(bytes).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Random bytes for a secret, from the operating system's generator; 256 bits unless told otherwise. */
export function newSecret(bytes = 32): Buffer {
  return randomBytes(bytes);
}
