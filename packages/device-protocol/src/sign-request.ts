import { base64Encode } from './base64.ts';
import type { Bytes } from './bytes.ts';
import { contentDigest } from './content-digest.ts';
import type { Key } from './crypto-key.ts';
import { nonceTimeMs } from './nonce.ts';
import { sign } from './public-key.ts';
import { coveredComponents, signatureBase, signatureParameters } from './signature-base.ts';

/** A request that a device is about to send. */
export interface OutgoingRequest {
  method: string;
  /** The whole address, as it will be fetched. */
  url: string;
  body?: Bytes;
}

/** Who signs it, and by which nonce. */
export interface RequestSigner {
  /** D */
  deviceKey: Key;
  /** The device's id, as the server gave it; before there is one, the thumbprint of D. */
  keyId: string;
  /** From `newNonce`; its time is the signature's. */
  nonce: string;
}

/**
 * The header fields that sign a request (RFC 9421 §4, RFC 9530 §2), to be sent with it.
 *
 * @throws RangeError when the nonce is no UUIDv7
 */
export async function signRequest(
  request: OutgoingRequest,
  { deviceKey, keyId, nonce }: RequestSigner,
): Promise<Record<string, string>> {
  const timeMs = nonceTimeMs(nonce);
  if (timeMs === undefined) throw new RangeError('the nonce is no UUIDv7');

  const { host, pathname, search } = new URL(request.url);
  const digest = request.body?.length ? await contentDigest(request.body) : undefined;
  const components = coveredComponents({
    method: request.method,
    authority: host,
    path: pathname,
    query: search || '?',
    contentDigest: digest,
  });
  const parameters = signatureParameters(components, { created: Math.floor(timeMs / 1000), nonce, keyId });
  const signature = await sign(deviceKey, signatureBase(components, parameters));
  return {
    ...(digest !== undefined && { 'content-digest': digest }),
    'signature-input': `sigillo=${parameters}`,
    signature: `sigillo=:${base64Encode(signature)}:`,
  };
}
