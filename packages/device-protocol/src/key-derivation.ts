import { type Bytes, lengthPrefixed } from './bytes.ts';
import type { Key } from './crypto-key.ts';

/** HMAC-SHA-256 (RFC 2104). */
export async function hmac(key: Key, message: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, message));
}

/** HMAC-SHA-256 under bytes that are a key. */
export async function hmacWithBytes(key: Bytes, message: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return hmac(imported, message);
}

/** What HKDF derives from. Salt and info are as in RFC 5869 §3; the label is the first part of the info. */
export interface Derivation {
  secret: Bytes;
  salt?: Bytes;
  label: string;
  context: (string | Uint8Array)[];
}

/** HKDF-SHA-256 (RFC 5869). @param length bytes wanted, at most 8,160 */
export async function deriveBytes(derivation: Derivation, length: number): Promise<Bytes> {
  const secret = await importSecret(derivation, 'deriveBits');
  return new Uint8Array(await crypto.subtle.deriveBits(parameters(derivation), secret, length * 8));
}

/** A non-extractable AES-256-GCM key by HKDF-SHA-256. */
export async function deriveAesKey(derivation: Derivation): Promise<Key> {
  const secret = await importSecret(derivation, 'deriveKey');
  const kind = { name: 'AES-GCM', length: 256 };
  return crypto.subtle.deriveKey(parameters(derivation), secret, kind, false, ['encrypt', 'decrypt']);
}

function importSecret({ secret }: Derivation, usage: 'deriveBits' | 'deriveKey'): Promise<Key> {
  return crypto.subtle.importKey('raw', secret, 'HKDF', false, [usage]);
}

function parameters({ salt = new Uint8Array(), label, context }: Derivation) {
  return { name: 'HKDF', hash: 'SHA-256', salt, info: lengthPrefixed(label, ...context) };
}
