import { generateKeyPairSync } from 'node:crypto';

/**
 * The public key that answers for a passkey nobody has are checked with, so that they take as long: a COSE_Key of
 * P-256 (RFC 9053 §7.1.1) whose private key is thrown away.
 */
export function newDecoyKey(): Buffer {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const bytes = (prefix: string, coordinate: string) =>
    Buffer.concat([Buffer.from(prefix, 'hex'), Buffer.from(coordinate, 'base64url')]);
  // { 1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y }
  return Buffer.concat([Buffer.from('a5010203262001', 'hex'), bytes('215820', x), bytes('225820', y)]);
}
