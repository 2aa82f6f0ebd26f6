import { createHash, pbkdf2, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { verify as verifyBcrypt } from '@node-rs/bcrypt';

/** Whether a password is the one behind a stored hash. */
export type Verifier = (password: string) => Promise<boolean>;

const derivePbkdf2 = promisify(pbkdf2);
const deriveScrypt = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** Costs beyond these are mistakes of an import, or an attempt to make us work. */
const MAX_PBKDF2_ITERATIONS = 1_000_000;
const MAX_SCRYPT_BYTES = 256 * 1024 * 1024;
const MAX_BCRYPT_COST = 13;

/**
 * The verifier of a hash that came from another system; undefined when the format is none of
 *
 * - PBKDF2-HMAC-SHA-256 and -512 (RFC 8018 §5.2) as passlib (`$pbkdf2-sha256$…`) and Django
 *   (`pbkdf2_sha256$…`) write them,
 * - scrypt (RFC 7914) in PHC string format (`$scrypt$ln=…`),
 * - bcrypt (`$2a$…`, `$2b$…`, `$2y$…`), which reads the first 72 bytes of a password only,
 * - salted SHA-1, SHA-256 and SHA-512 of LDAP directories (`{SSHA}…`, as in RFC 2307 §5.3).
 *
 * All of them are verified only until the first sign-in, which stores our own hash in their place.
 */
export function readForeignHash(stored: string): Verifier | undefined {
  return (
    readPasslibPbkdf2(stored) ??
    readDjangoPbkdf2(stored) ??
    readScrypt(stored) ??
    readBcrypt(stored) ??
    readSaltedSha(stored)
  );
}

function readPasslibPbkdf2(stored: string): Verifier | undefined {
  const parts = /^\$pbkdf2-(sha256|sha512)\$(\d{1,8})\$([\w./+]+)\$([\w./+]+)$/.exec(stored);
  if (!parts) return undefined;
  const [, digest = '', iterations = '', salt = '', hash = ''] = parts;
  return pbkdf2Verifier(digest, Number(iterations), fromBase64(salt), fromBase64(hash));
}

function readDjangoPbkdf2(stored: string): Verifier | undefined {
  const parts = /^pbkdf2_(sha256|sha512)\$(\d{1,8})\$([^$]+)\$([\w/+]+=*)$/.exec(stored);
  if (!parts) return undefined;
  const [, digest = '', iterations = '', salt = '', hash = ''] = parts;
  return pbkdf2Verifier(digest, Number(iterations), Buffer.from(salt), fromBase64(hash));
}

function pbkdf2Verifier(
  digest: string,
  iterations: number,
  salt: Buffer,
  hash: Buffer,
): Verifier | undefined {
  const isWhole = hash.length === (digest === 'sha256' ? 32 : 64);
  if (!isWhole || iterations < 1 || iterations > MAX_PBKDF2_ITERATIONS) return undefined;
  return async (password) =>
    isEqual(await derivePbkdf2(password, salt, iterations, hash.length, digest), hash);
}

function readBcrypt(stored: string): Verifier | undefined {
  const cost = Number(/^\$2[aby]\$(\d{2})\$[./A-Za-z0-9]{53}$/.exec(stored)?.[1]);
  return cost >= 4 && cost <= MAX_BCRYPT_COST ? (password) => verifyBcrypt(password, stored) : undefined;
}

function readScrypt(stored: string): Verifier | undefined {
  const parts = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,2})\$([\w./+]+)\$([\w./+]+)$/.exec(stored);
  if (!parts) return undefined;
  const [ln = 0, r = 0, p = 0] = parts.slice(1, 4).map(Number);
  const salt = fromBase64(parts[4] ?? '');
  const hash = fromBase64(parts[5] ?? '');
  const bytes = 128 * r * (2 ** ln + p);
  if (ln < 1 || r < 1 || p < 1 || hash.length < 16 || bytes > MAX_SCRYPT_BYTES) return undefined;
  const options = { N: 2 ** ln, r, p, maxmem: 2 * MAX_SCRYPT_BYTES };
  return async (password) => isEqual(await deriveScrypt(password, salt, hash.length, options), hash);
}

const SALTED_SHA: Record<string, [digest: string, bytes: number]> = {
  SSHA: ['sha1', 20],
  SSHA256: ['sha256', 32],
  SSHA512: ['sha512', 64],
};

function readSaltedSha(stored: string): Verifier | undefined {
  const [, scheme = '', encoded = ''] = /^\{(SSHA(?:256|512)?)\}([\w/+]+=*)$/.exec(stored) ?? [];
  const [digest, bytes] = SALTED_SHA[scheme] ?? [];
  const decoded = fromBase64(encoded);
  if (digest === undefined || bytes === undefined || decoded.length <= bytes) return undefined;
  const hash = decoded.subarray(0, bytes);
  const salt = decoded.subarray(bytes);
  return async (password) => isEqual(createHash(digest).update(password).update(salt).digest(), hash);
}

/** With or without padding, and with the dot that passlib writes for the plus sign. */
function fromBase64(text: string): Buffer {
  return Buffer.from(text.replaceAll('.', '+'), 'base64');
}

function isEqual(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
