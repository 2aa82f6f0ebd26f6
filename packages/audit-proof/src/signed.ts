import { base64urlDecode, base64urlEncode, utf8Decode, utf8Encode } from '@sigillo/device-protocol';

/** The public key of an installation's audit: a JWK (RFC 8037 §2). */
export interface AuditKey {
  kty: string;
  crv?: string | undefined;
  x?: string | undefined;
}

/** Reads what an installation signed. */
export type SignatureReader = (typ: string, jws: string) => Promise<Record<string, unknown> | undefined>;

/**
 * Reads compact JWS (RFC 7515) that this key signed with Ed25519 (RFC 8037); others are undefined. The header is
 * compared, not read: it is the one that the installation writes, or nothing is.
 *
 * @throws TypeError when the key is none
 */
export async function signatureReader({ kty, crv, x }: AuditKey): Promise<SignatureReader> {
  if (kty !== 'OKP' || crv !== 'Ed25519' || !x) throw new TypeError('not a key of an audit');
  const key = await crypto.subtle.importKey('jwk', { kty, crv, x }, { name: 'Ed25519' }, false, ['verify']);
  return async (typ, jws) => {
    const [header = '', payload = '', signature = '', ...rest] = jws.split('.');
    const expected = base64urlEncode(utf8Encode(JSON.stringify({ alg: 'EdDSA', typ })));
    const bytes = base64urlDecode(signature);
    const body = base64urlDecode(payload);
    if (rest.length > 0 || header !== expected || !bytes || !body) return undefined;
    const isGenuine = await crypto.subtle.verify('Ed25519', key, bytes, utf8Encode(`${header}.${payload}`));
    return isGenuine ? (JSON.parse(utf8Decode(body) ?? 'null') as Record<string, unknown>) : undefined;
  };
}
