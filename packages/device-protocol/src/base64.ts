import type { Bytes } from './bytes.ts';

/** Base64 with padding (RFC 4648 §4), as structured fields write bytes (RFC 8941 §4.1.8). */
export function base64Encode(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** The bytes behind base64, or undefined unless it is written exactly as `base64Encode` writes it. */
export function base64Decode(text: string): Bytes | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = decodeLeniently(text);
  return bytes && base64Encode(bytes) === text ? bytes : undefined;
}

/** Base64 for URLs, without padding (RFC 4648 §5, RFC 7515 §2). */
export function base64urlEncode(bytes: Uint8Array): string {
  return base64Encode(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * The bytes behind base64url, or undefined unless it is written exactly as `base64urlEncode` writes it: no
 * padding, no other characters, left-over bits zero. Two texts never stand for the same bytes.
 */
export function base64urlDecode(text: string): Bytes | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined;
  const bytes = decodeLeniently(text.replaceAll('-', '+').replaceAll('_', '/'));
  return bytes && base64urlEncode(bytes) === text ? bytes : undefined;
}

function decodeLeniently(text: string): Bytes | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined; // a length that no bytes have
  }
}
