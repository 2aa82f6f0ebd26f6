import { base64urlDecode, base64urlEncode } from './base64.ts';
import { utf8Decode, utf8Encode } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Key } from './crypto-key.ts';
import { isSignedBy, type PublicJwk, sign, thumbprint } from './public-key.ts';

/** No message of ours comes near it; a longer one is not read. */
const MAX_LENGTH = 8192;

/** Who signs: a private key and the thumbprint of its public half. */
export interface MessageSigner {
  key: Key;
  keyId: string;
}

/** A text signed as a compact JWS (RFC 7515 §7.1) by ES256 (RFC 7518 §3.4). */
export async function signJws(type: string, payload: string, signer: MessageSigner): Promise<string> {
  const signingInput = `${header(type, signer.keyId)}.${base64urlEncode(utf8Encode(payload))}`;
  return `${signingInput}.${base64urlEncode(await sign(signer.key, signingInput))}`;
}

/**
 * The text of a compact JWS that this key signed as this type, or undefined. The header is compared, not read:
 * it must be the bytes that `signJws` writes, so that no other parameter, algorithm or type is ever considered
 * (RFC 8725 §3.1, §3.11).
 */
export async function verifyJws(type: string, jws: string, key: PublicJwk): Promise<string | undefined> {
  if (jws.length > MAX_LENGTH) return undefined;
  const parts = jws.split('.');
  const [protectedHeader, payload = '', signature = ''] = parts;
  if (parts.length !== 3 || protectedHeader !== header(type, await thumbprint(key))) return undefined;

  const signatureBytes = base64urlDecode(signature);
  const payloadBytes = base64urlDecode(payload);
  if (!signatureBytes || !payloadBytes) return undefined;
  const isGenuine = await isSignedBy(key, signatureBytes, `${protectedHeader}.${payload}`);
  return isGenuine ? utf8Decode(payloadBytes) : undefined;
}

/** The text in a compact JWS, whoever signed it: only to learn by which key it says it is to be verified. */
export function unverifiedPayload(jws: string): string | undefined {
  if (jws.length > MAX_LENGTH) return undefined;
  const payload = base64urlDecode(jws.split('.')[1] ?? '');
  return payload && utf8Decode(payload);
}

function header(type: string, keyId: string): string {
  return base64urlEncode(utf8Encode(canonicalJson({ alg: 'ES256', kid: keyId, typ: type })));
}
