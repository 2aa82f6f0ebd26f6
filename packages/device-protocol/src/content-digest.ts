import { base64Encode } from './base64.ts';
import { type Bytes, sha256 } from './bytes.ts';

/** The Content-Digest field of a body, by SHA-256 alone (RFC 9530 §2). */
export async function contentDigest(body: Bytes): Promise<string> {
  return `sha-256=:${base64Encode(await sha256(body))}:`;
}
