import { base64urlDecode, base64urlEncode } from './base64.ts';
import { sha256, utf8Encode } from './bytes.ts';
import { canonicalJson, isObject } from './canonical-json.ts';
import type { Key } from './crypto-key.ts';

const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const ES256 = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** A public key on P-256 with nothing else about it (RFC 7517, RFC 7518 §6.2.1). */
export interface PublicJwk {
  readonly crv: 'P-256';
  readonly kty: 'EC';
  readonly x: string;
  readonly y: string;
}

/** A new key pair for ES256 (RFC 7518 §3.4). */
export async function newSigningKey(extractable: boolean): Promise<{ privateKey: Key; publicKey: Key }> {
  return crypto.subtle.generateKey(P256, extractable, ['sign', 'verify']);
}

/** The four members that make a public key, of the many that Web Crypto exports. */
export async function exportPublicKey(publicKey: Key): Promise<PublicJwk> {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  return { crv: 'P-256', kty: 'EC', x, y };
}

/** Whether a value has the form of a public key: these four members and no other, coordinates of 32 bytes. */
export function isPublicJwk(value: unknown): value is PublicJwk {
  if (!isObject(value) || Object.keys(value).sort().join() !== 'crv,kty,x,y') return false;
  const { crv, kty, x, y } = value;
  return crv === 'P-256' && kty === 'EC' && isCoordinate(x) && isCoordinate(y);
}

function isCoordinate(value: unknown): boolean {
  return typeof value === 'string' && base64urlDecode(value)?.length === 32;
}

/** The thumbprint of a key (RFC 7638 §3), SHA-256 in base64url: the name of a key in everything it signs. */
export async function thumbprint({ crv, kty, x, y }: PublicJwk): Promise<string> {
  return base64urlEncode(await sha256(utf8Encode(canonicalJson({ crv, kty, x, y }))));
}

/** The key behind its JWK, or undefined when it has another form or is no point of the curve. */
export async function importPublicKey(jwk: PublicJwk): Promise<Key | undefined> {
  if (!isPublicJwk(jwk)) return undefined;
  try {
    return await crypto.subtle.importKey('jwk', { ...jwk }, P256, true, ['verify']);
  } catch {
    return undefined; // not on the curve
  }
}

/** An ES256 signature: r and s, 32 bytes each (RFC 7518 §3.4, RFC 9421 §3.3.4). */
export async function sign(privateKey: Key, text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign(ES256, privateKey, utf8Encode(text)));
}

/** Whether a signature is the key's over the text; false for a signature of another length or a broken key. */
export async function isSignedBy(
  jwk: PublicJwk,
  signature: Uint8Array<ArrayBuffer>,
  text: string,
): Promise<boolean> {
  const key = await importPublicKey(jwk);
  if (!key || signature.length !== 64) return false;
  return crypto.subtle.verify(ES256, key, signature, utf8Encode(text));
}
