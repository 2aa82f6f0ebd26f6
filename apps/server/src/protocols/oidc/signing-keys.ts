import { createHash, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { SigningAlgorithm, SigningJwk } from './ports.ts';

const generate = promisify(generateKeyPair);
const RSA_BITS = 3072;

/** What tokens are signed by: ES256, which clients get unless they ask for PS256. */
export const SIGNING_ALGORITHMS: readonly SigningAlgorithm[] = ['ES256', 'PS256'];

/** A new key, named by its thumbprint. */
export async function makeSigningKey(alg: SigningAlgorithm): Promise<SigningJwk> {
  const { privateKey } =
    alg === 'ES256'
      ? await generate('ec', { namedCurve: 'P-256' })
      : await generate('rsa', { modulusLength: RSA_BITS });
  return { ...withThumbprint(privateKey.export({ format: 'jwk' })), alg, use: 'sig' };
}

/** The first keys of an installation, one for each algorithm. */
export const makeFirstKeys = (): Promise<SigningJwk[]> => Promise.all(SIGNING_ALGORITHMS.map(makeSigningKey));

/** Names a key by its JWK thumbprint (RFC 7638 §3): SHA-256 of the required members in their order. */
function withThumbprint(jwk: object): Record<string, string> & { kid: string } {
  const { kty, crv, x, y, e, n } = jwk as Record<string, string>;
  const required = kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y };
  const kid = createHash('sha256').update(JSON.stringify(required)).digest('base64url');
  return { ...(jwk as Record<string, string>), kid };
}
