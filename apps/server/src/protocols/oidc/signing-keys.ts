import { createHash, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { SigningJwk } from './ports.ts';

const generate = promisify(generateKeyPair);
const RSA_BITS = 3072;

/** The first keys of an installation: ES256, which clients get unless they ask for PS256. */
export async function makeSigningKeys(): Promise<SigningJwk[]> {
  const elliptic = await generate('ec', { namedCurve: 'P-256' });
  const rsa = await generate('rsa', { modulusLength: RSA_BITS });
  return [
    { ...withThumbprint(elliptic.privateKey.export({ format: 'jwk' })), alg: 'ES256', use: 'sig' },
    { ...withThumbprint(rsa.privateKey.export({ format: 'jwk' })), alg: 'PS256', use: 'sig' },
  ];
}

/** Names a key by its JWK thumbprint (RFC 7638 §3): SHA-256 of the required members in their order. */
function withThumbprint(jwk: object): SigningJwk {
  const { kty, crv, x, y, e, n } = jwk as Record<string, string>;
  const required = kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y };
  const kid = createHash('sha256').update(JSON.stringify(required)).digest('base64url');
  return { ...(jwk as Record<string, string>), kid };
}

/**
 * The name of the key that signs for clients which ask for nothing else: its thumbprint, as every key is named.
 *
 * @throws RangeError when there is none
 */
export function currentKey(keys: readonly SigningJwk[]): string {
  const key = keys.find(({ alg }) => alg === 'ES256') ?? keys[0];
  if (!key) throw new RangeError('no key to sign with');
  return key.kid;
}
