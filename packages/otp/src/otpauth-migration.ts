import type { OtpAlgorithm } from './hotp.ts';
import { checkedKey, type ReadOtpauthKey } from './otpauth-uri.ts';

/** What one QR code of an export by Google Authenticator holds. */
export interface OtpauthMigration {
  keys: ReadOtpauthKey[];
  /** Accounts that were in it and cannot be used here, such as ones with MD5. */
  skipped: number;
  /** A large export is spread over several QR codes. */
  batch: { index: number; size: number };
}

const ALGORITHMS: (OtpAlgorithm | undefined)[] = ['SHA-1', 'SHA-1', 'SHA-256', 'SHA-512'];
const DIGITS = [6, 6, 8];
const TYPES = [undefined, 'hotp', 'totp'];
const MAX_URI_LENGTH = 4296;

/**
 * Reads `otpauth-migration://offline?data=…`: a protocol buffer in base 64, whose field numbers are known from
 * the app that writes it. Undefined when it is something else or is damaged.
 */
export function parseOtpauthMigration(uri: string): OtpauthMigration | undefined {
  const data = /^otpauth-migration:\/\/offline\/?\?data=([A-Za-z0-9+/=%_-]+)$/i.exec(uri)?.[1];
  if (data === undefined || uri.length > MAX_URI_LENGTH) return undefined;
  const payload = readFields(bytesOf(data));
  if (!payload) return undefined;
  const accounts = payload.filter(({ number, value }) => number === 1 && value instanceof Uint8Array);
  const keys = accounts.map(({ value }) => keyOf(value as Uint8Array<ArrayBuffer>));
  const good = keys.filter((key) => key !== undefined);
  if (accounts.length === 0) return undefined;
  const batch = { index: numberIn(payload, 4) ?? 0, size: numberIn(payload, 3) ?? 1 };
  return { keys: good, skipped: keys.length - good.length, batch };
}

function keyOf(bytes: Uint8Array<ArrayBuffer>): ReadOtpauthKey | undefined {
  const fields = readFields(bytes);
  if (!fields) return undefined;
  const issuer = textIn(fields, 3);
  const name = textIn(fields, 2);
  if (issuer === undefined || name === undefined) return undefined;
  const seed = fields.findLast(({ number }) => number === 1)?.value;
  return checkedKey({
    type: TYPES[numberIn(fields, 6) ?? 0],
    issuer,
    // The name repeats the issuer, as the label of an address does.
    account: issuer && name.startsWith(`${issuer}:`) ? name.slice(issuer.length + 1).trimStart() : name,
    seed: seed instanceof Uint8Array ? seed : undefined,
    algorithm: ALGORITHMS[numberIn(fields, 4) ?? 0],
    digits: DIGITS[numberIn(fields, 5) ?? 0],
    stepSeconds: 30,
    counter: numberIn(fields, 7) ?? 0,
  });
}

interface Field {
  number: number;
  value: number | Uint8Array<ArrayBuffer>;
}

/** The fields of a protocol buffer of numbers and byte strings; undefined when it ends early or holds others. */
function readFields(bytes: Uint8Array<ArrayBuffer> | undefined): Field[] | undefined {
  if (!bytes) return undefined;
  const fields: Field[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = readVarint(bytes, at);
    if (!tag) return undefined;
    const value = readVarint(bytes, tag.next);
    if (!value) return undefined;
    const number = Math.floor(tag.value / 8);
    at = value.next;
    if (tag.value % 8 === 0) fields.push({ number, value: value.value });
    else if (tag.value % 8 === 2 && at + value.value <= bytes.length) {
      fields.push({ number, value: bytes.slice(at, at + value.value) });
      at += value.value;
    } else return undefined;
  }
  return fields;
}

/** Seven bits a byte, the lowest first. A number past 2⁵³ has no use here. */
function readVarint(bytes: Uint8Array, start: number): { value: number; next: number } | undefined {
  let value = 0;
  for (let at = start; at < Math.min(bytes.length, start + 8); at += 1) {
    const byte = bytes[at] ?? 0;
    value += (byte & 127) * 128 ** (at - start);
    if (byte < 128) return Number.isSafeInteger(value) ? { value, next: at + 1 } : undefined;
  }
  return undefined;
}

function numberIn(fields: Field[], wanted: number): number | undefined {
  const value = fields.findLast(({ number }) => number === wanted)?.value;
  return typeof value === 'number' ? value : undefined;
}

/** The text of a field, empty when it is not there; undefined when it is not UTF-8. */
function textIn(fields: Field[], wanted: number): string | undefined {
  const value = fields.findLast(({ number }) => number === wanted)?.value;
  if (value === undefined) return '';
  if (typeof value === 'number') return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(value);
  } catch {
    return undefined;
  }
}

function bytesOf(data: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const base64 = decodeURIComponent(data).replaceAll('-', '+').replaceAll('_', '/');
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
