import { base64Decode } from './base64.ts';
import type { Bytes } from './bytes.ts';
import { contentDigest } from './content-digest.ts';
import { nonceTimeMs } from './nonce.ts';
import { isSignedBy, type PublicJwk } from './public-key.ts';
import {
  type Component,
  coveredComponents,
  type SignatureValues,
  signatureBase,
  signatureParameters,
} from './signature-base.ts';

/** A request as the server received it. */
export interface IncomingRequest {
  method: string;
  /** The server's own authority, as configured: what was signed for another host is refused. */
  authority: string;
  /** The request line's target, as received: path and query. */
  target: string;
  /** Fields by lower-case name, as Node gives them. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body as received; empty when there is none. */
  body: Bytes;
}

/** How the server judges, and where it finds the keys of its devices. */
export interface RequestVerifier {
  /** D of a device by its id (or thumbprint, before it has one); undefined when there is none. */
  findKey(keyId: string): Promise<PublicJwk | undefined>;
  nowMs: number;
  /** How far `created` may be in the past or in the future. */
  windowSeconds: number;
}

/** Why a request is refused. */
export type RequestRefusal = 'malformed' | 'outside-window' | 'digest' | 'unknown-key' | 'signature';

/** Who signed a request and by which nonce, which the server burns before it does anything else. */
export interface VerifiedRequest {
  verified: true;
  keyId: string;
  nonce: string;
  /** Unix time, in seconds. */
  created: number;
}

/** What a request turned out to be. */
export type RequestVerification = VerifiedRequest | { verified: false; reason: RequestRefusal };

const KEY_ID = '[A-Za-z0-9_-]{1,128}';
const SIGNATURE_INPUT = new RegExp(
  `^sigillo=\\([^()]*\\);created=([0-9]{1,12});nonce="([0-9a-f-]{36})";keyid="(${KEY_ID})";`,
);
const SIGNATURE = /^sigillo=:([A-Za-z0-9+/]{86}==):$/;
const TARGET = /^(\/[!-"$->@-~]*)(?:\?([!-"$-~]*))?$/;

/**
 * Who signed a request. Everything but exactly the form that `signRequest` makes is refused: other components,
 * parameters, order or spelling, a second signature, a field given twice. Of hostile input nothing throws.
 */
export async function verifyRequest(
  request: IncomingRequest,
  verifier: RequestVerifier,
): Promise<RequestVerification> {
  const read = readSignature(request);
  if (!read) return refused('malformed');
  const { created, nonce, keyId } = read.values;

  const ageSeconds = verifier.nowMs / 1000 - created;
  if (Math.abs(ageSeconds) > verifier.windowSeconds) return refused('outside-window');
  if (read.digest !== undefined && read.digest !== (await contentDigest(request.body))) {
    return refused('digest');
  }
  const key = await verifier.findKey(keyId);
  if (!key) return refused('unknown-key');
  if (!(await isSignedBy(key, read.signature, read.base))) return refused('signature');
  return { verified: true, keyId, nonce, created };
}

function refused(reason: RequestRefusal): RequestVerification {
  return { verified: false, reason };
}

interface ReadSignature {
  values: SignatureValues;
  digest: string | undefined;
  base: string;
  signature: Bytes;
}

/** The signature and the text it must be over; undefined unless the field is the one that text has. */
function readSignature({ headers, body, ...request }: IncomingRequest): ReadSignature | undefined {
  const input = headers['signature-input'];
  const signature = readBytes(headers.signature);
  const digest = headers['content-digest'];
  if (typeof input !== 'string' || !signature || Array.isArray(digest)) return undefined;
  if ((digest !== undefined) !== body.length > 0) return undefined;

  const values = readValues(input);
  const components = readComponents(request, digest);
  if (!values || !components) return undefined;
  const parameters = signatureParameters(components, values);
  if (input !== `sigillo=${parameters}`) return undefined;
  return { values, digest, base: signatureBase(components, parameters), signature };
}

function readBytes(field: string | string[] | undefined): Bytes | undefined {
  if (typeof field !== 'string') return undefined;
  const [, text] = SIGNATURE.exec(field) ?? [];
  return text === undefined ? undefined : base64Decode(text);
}

/** The time of the nonce is the signature's: who forgets old nonces forgets none that is still good. */
function readValues(input: string): SignatureValues | undefined {
  const [, created = '', nonce = '', keyId = ''] = SIGNATURE_INPUT.exec(input) ?? [];
  const timeMs = nonceTimeMs(nonce);
  if (timeMs === undefined || Math.floor(timeMs / 1000) !== Number(created)) return undefined;
  return { created: Number(created), nonce, keyId };
}

function readComponents(
  { method, authority, target }: Pick<IncomingRequest, 'method' | 'authority' | 'target'>,
  contentDigest: string | undefined,
): Component[] | undefined {
  const parts = TARGET.exec(target);
  if (!parts || !/^[A-Z]+$/.test(method)) return undefined;
  return coveredComponents({
    method,
    authority: authority.toLowerCase(),
    path: parts[1] ?? '',
    query: `?${parts[2] ?? ''}`,
    contentDigest,
  });
}
