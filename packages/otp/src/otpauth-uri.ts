import { base32Decode, base32Encode } from './base32.ts';
import type { OtpAlgorithm } from './hotp.ts';

/** What an authenticator app learns when it scans the QR code of a new account. */
export interface OtpauthKey {
  issuer: string;
  account: string;
  seed: Uint8Array;
  digits?: number;
  stepSeconds?: number;
  algorithm?: OtpAlgorithm;
}

/** What makes the codes of one account. */
interface CodeKey {
  issuer: string;
  account: string;
  seed: Uint8Array<ArrayBuffer>;
  digits: number;
  algorithm: OtpAlgorithm;
}

/** A key as it was read: for codes that follow the clock, or for codes that are counted. */
export type ReadOtpauthKey = CodeKey &
  ({ type: 'totp'; stepSeconds: number } | { type: 'hotp'; counter: number });

/** Longest address read: the largest QR code holds 4,296 characters (ISO/IEC 18004, table 7). */
const MAX_URI_LENGTH = 4296;
const MAX_NAME_LENGTH = 256;
const MAX_SEED_BYTES = 128;
const MAX_STEP_SECONDS = 3600;

const ALGORITHMS: Record<string, OtpAlgorithm> = { SHA1: 'SHA-1', SHA256: 'SHA-256', SHA512: 'SHA-512' };

/**
 * The address behind the QR code, in the "Key Uri Format" that authenticator apps share.
 * Everything is percent-encoded, spaces as %20: apps show a plus sign as it is. The one bare colon of the
 * label stands between issuer and account. Digits, period and algorithm are always written, since apps
 * differ in what they assume.
 */
export function otpauthUri(key: OtpauthKey): string {
  const { digits = 6, stepSeconds = 30, algorithm = 'SHA-1' } = key;
  const issuer = encode(key.issuer);
  const parameters = [
    `secret=${base32Encode(key.seed)}`,
    `issuer=${issuer}`,
    `algorithm=${algorithm.replace('-', '')}`,
    `digits=${digits}`,
    `period=${stepSeconds}`,
  ];
  return `otpauth://totp/${issuer}:${encode(key.account)}?${parameters.join('&')}`;
}

/**
 * Reads such an address, with the defaults of the format. Undefined when it is none: it comes from a picture
 * that anybody may have made, so it is read strictly, and a parameter that stands twice is refused.
 */
export function parseOtpauthUri(uri: string): ReadOtpauthKey | undefined {
  if (uri.length > MAX_URI_LENGTH) return undefined;
  const parts = /^otpauth:\/\/(totp|hotp)\/([^?#]*)\?([^#]*)$/i.exec(uri);
  if (!parts) return undefined;
  const [, type = '', label = '', query = ''] = parts;
  // The form-encoding of URLSearchParams reads a plus sign as a space; here it is a plus sign.
  const parameters = new URLSearchParams(query.replaceAll('+', '%2B'));
  const names = splitLabel(label);
  if (!names || hasRepeated(parameters)) return undefined;
  const issuer = parameters.get('issuer') ?? names.issuer;
  return checkedKey({
    type: type.toLowerCase(),
    issuer,
    account: names.account,
    seed: base32Decode(parameters.get('secret') ?? ''),
    algorithm: ALGORITHMS[(parameters.get('algorithm') ?? 'SHA1').toUpperCase()],
    digits: wholeNumber(parameters.get('digits') ?? '6'),
    stepSeconds: wholeNumber(parameters.get('period') ?? '30'),
    counter: wholeNumber(parameters.get('counter') ?? ''),
  });
}

/** A key of uncertain origin; what is missing is undefined. */
export interface UncheckedKey {
  type: string | undefined;
  issuer: string;
  account: string;
  seed: Uint8Array<ArrayBuffer> | undefined;
  digits: number | undefined;
  algorithm: OtpAlgorithm | undefined;
  stepSeconds?: number | undefined;
  counter?: number | undefined;
}

/** The key, if every part of it is one that codes can be made of and names are of a length to be shown. */
export function checkedKey(key: UncheckedKey): ReadOtpauthKey | undefined {
  const { type, issuer, account, seed, digits, algorithm, stepSeconds, counter } = key;
  if (!seed || seed.length < 1 || seed.length > MAX_SEED_BYTES) return undefined;
  if (!algorithm || digits === undefined || ![6, 7, 8].includes(digits)) return undefined;
  if (issuer.length > MAX_NAME_LENGTH || account.length > MAX_NAME_LENGTH) return undefined;
  const common = { issuer, account, seed, digits, algorithm };
  if (type === 'totp' && isBetween(stepSeconds, 1, MAX_STEP_SECONDS)) return { type, ...common, stepSeconds };
  // Each code adds one to the counter: the last safe one would have no successor.
  if (type === 'hotp' && isBetween(counter, 0, Number.MAX_SAFE_INTEGER - 1))
    return { type, ...common, counter };
  return undefined;
}

function isBetween(value: number | undefined, least: number, most: number): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value >= least && value <= most;
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,16}$/.test(text) ? Number(text) : undefined;
}

function hasRepeated(parameters: URLSearchParams): boolean {
  return new Set(parameters.keys()).size < [...parameters.keys()].length;
}

/** "Issuer:account"; the colon between them may itself be encoded, when the names hold none. */
function splitLabel(label: string): { issuer: string; account: string } | undefined {
  const colon = /:/.exec(label) ?? /%3A/i.exec(label);
  const issuer = colon ? label.slice(0, colon.index) : '';
  const account = colon ? label.slice(colon.index + colon[0].length) : label;
  try {
    return { issuer: decodeURIComponent(issuer), account: decodeURIComponent(account).trimStart() };
  } catch {
    return undefined; // a percent sign that encodes nothing
  }
}

function encode(text: string): string {
  // Half a surrogate pair cannot be encoded; it becomes U+FFFD.
  return encodeURIComponent(text.toWellFormed());
}
