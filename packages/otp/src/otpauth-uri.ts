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

/** Reads such an address, with the defaults of the format; undefined when it is none, or not for time-based codes. */
export function parseOtpauthUri(uri: string): Required<OtpauthKey> | undefined {
  const parts = /^otpauth:\/\/totp\/([^?#]*)\?([^#]*)$/i.exec(uri);
  if (!parts) return undefined;
  const [, label = '', query = ''] = parts;
  // The form-encoding of URLSearchParams reads a plus sign as a space; here it is a plus sign.
  const parameters = new URLSearchParams(query.replaceAll('+', '%2B'));
  const names = splitLabel(label);
  const seed = base32Decode(parameters.get('secret') ?? '');
  const algorithm = ALGORITHMS[(parameters.get('algorithm') ?? 'SHA1').toUpperCase()];
  const digits = Number(parameters.get('digits') ?? 6);
  const stepSeconds = Number(parameters.get('period') ?? 30);
  if (!names || !seed?.length || !algorithm) return undefined;
  if (![6, 7, 8].includes(digits) || !Number.isInteger(stepSeconds) || stepSeconds < 1) return undefined;
  const issuer = parameters.get('issuer') ?? names.issuer;
  return { issuer, account: names.account, seed, digits, stepSeconds, algorithm };
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
