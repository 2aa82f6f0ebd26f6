import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';

/** What is published of the newest block: whoever has it can tell when what came before was changed. */
export interface Checkpoint {
  issuer: string;
  /** Number of the newest block. */
  block: number;
  hash: Buffer;
  /** How many rows are sealed, in all blocks together. */
  records: number;
}

/** That a restored backup has forgotten blocks which were published: the next one goes on from the checkpoint. */
export interface Discontinuity {
  /** The newest block of the backup. */
  after: Checkpoint;
  /** What was published last. */
  from: Checkpoint;
}

const Hash = z.base64url().length(43);
const Point = z.strictObject({
  block: z.int().nonnegative(),
  hash: Hash,
  records: z.int().nonnegative(),
});
const CheckpointPayload = z.strictObject({ iss: z.string(), iat: z.int(), ...Point.shape });
const DiscontinuityPayload = z.strictObject({ iss: z.string(), iat: z.int(), after: Point, from: Point });

/** What an installation says of a file of somebody's access history that it gave out. */
export interface ExportSeal {
  issuer: string;
  account: string;
  /** How many lines it has. */
  lines: number;
  /** SHA-256 of the file up to the seal. */
  digest: Buffer;
}

const CHECKPOINT = 'sigillo-audit-checkpoint+jwt';
const HISTORY_EXPORT = 'sigillo-history-export+jwt';
const DISCONTINUITY = 'sigillo-audit-discontinuity+jwt';

/** Ed25519: what is signed for ever should not need randomness. */
export const newCheckpointKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey;

/** A checkpoint as a JWS in compact form (RFC 7515), signed with Ed25519 (RFC 8037). */
export function signCheckpoint(checkpoint: Checkpoint, key: KeyObject, at: Date): string {
  return signed(CHECKPOINT, { ...headed(checkpoint, at), ...pointOf(checkpoint) }, key);
}

/** What a checkpoint says; undefined when this key did not sign it, or it is none. */
export function readCheckpoint(text: string, key: KeyObject): Checkpoint | undefined {
  const read = CheckpointPayload.safeParse(verified(CHECKPOINT, text, key)).data;
  return read && toCheckpoint(read.iss, read);
}

/** A discontinuity, signed in the same way. */
export function signDiscontinuity({ after, from }: Discontinuity, key: KeyObject, at: Date): string {
  const payload = { ...headed(from, at), after: pointOf(after), from: pointOf(from) };
  return signed(DISCONTINUITY, payload, key);
}

export function readDiscontinuity(text: string, key: KeyObject): Discontinuity | undefined {
  const read = DiscontinuityPayload.safeParse(verified(DISCONTINUITY, text, key)).data;
  return read && { after: toCheckpoint(read.iss, read.after), from: toCheckpoint(read.iss, read.from) };
}

/** A seal as a JWS in compact form, signed with the key of checkpoints. */
export function signExport({ issuer, account, lines, digest }: ExportSeal, key: KeyObject, at: Date): string {
  const payload = { iss: issuer, iat: Math.floor(at.getTime() / 1000), account, lines };
  return signed(HISTORY_EXPORT, { ...payload, sha256: digest.toString('base64url') }, key);
}

const headed = ({ issuer }: Checkpoint, at: Date) => ({ iss: issuer, iat: Math.floor(at.getTime() / 1000) });
const pointOf = ({ block, hash, records }: Checkpoint) => ({
  block,
  hash: hash.toString('base64url'),
  records,
});
const toCheckpoint = (issuer: string, { block, hash, records }: z.infer<typeof Point>): Checkpoint => ({
  issuer,
  block,
  hash: Buffer.from(hash, 'base64url'),
  records,
});

function signed(typ: string, payload: object, key: KeyObject): string {
  const text = `${inBase64url({ alg: 'EdDSA', typ })}.${inBase64url(payload)}`;
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`;
}

/** @param key private or public */
function verified(typ: string, text: string, key: KeyObject): unknown {
  const [header = '', body = '', signature = '', ...rest] = text.split('.');
  if (rest.length > 0 || header !== inBase64url({ alg: 'EdDSA', typ })) return undefined;
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const bytes = Buffer.from(`${header}.${body}`);
  if (!verify(null, bytes, publicKey, Buffer.from(signature, 'base64url'))) return undefined;
  return JSON.parse(Buffer.from(body, 'base64url').toString());
}

const inBase64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
