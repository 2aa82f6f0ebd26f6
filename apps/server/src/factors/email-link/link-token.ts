import { createHash, randomBytes } from 'node:crypto';
import { uuidBytes, uuidFromBytes, uuidv7 } from '../../platform/ids.ts';

const SECRET_BYTES = 32;
const SHAPE = /^[A-Za-z0-9_-]{64}$/;

/** What a link carries behind its `#`: 16 bytes of id and a 256-bit secret ([REC-2] asks for 128). */
export interface LinkToken {
  id: string;
  token: string;
  /** What is stored. */
  secretHash: Buffer;
}

const hashSecret = (secret: Uint8Array): Buffer => createHash('sha256').update(secret).digest();

export function newLinkToken(nowMs: number): LinkToken {
  const id = uuidv7(nowMs);
  const secret = randomBytes(SECRET_BYTES);
  return {
    id,
    token: Buffer.concat([uuidBytes(id), secret]).toString('base64url'),
    secretHash: hashSecret(secret),
  };
}

/** Takes a token apart; undefined when it is none. */
export function readLinkToken(token: string): { id: string; secretHash: Buffer } | undefined {
  if (!SHAPE.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 16 + SECRET_BYTES) return undefined;
  return { id: uuidFromBytes(bytes.subarray(0, 16)), secretHash: hashSecret(bytes.subarray(16)) };
}
