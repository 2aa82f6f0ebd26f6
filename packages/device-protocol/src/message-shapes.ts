import { base64urlDecode } from './base64.ts';
import type { Messages, MessageType } from './messages.ts';
import { nonceTimeMs } from './nonce.ts';
import { isPublicJwk } from './public-key.ts';

type Check = (value: unknown) => boolean;
type Shape<T> = Record<keyof T, Check>;

const matches =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);

const hasBytes =
  (least: number, most = least): Check =>
  (value) => {
    const length = typeof value === 'string' ? base64urlDecode(value)?.length : undefined;
    return length !== undefined && length >= least && length <= most;
  };

const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

/** An origin: scheme, host in lower case, port unless it is the scheme's own; no path, not even a slash. */
export function isOrigin(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 255 || !URL.canParse(value)) return false;
  const { protocol, origin } = new URL(value);
  return (protocol === 'https:' || protocol === 'http:') && origin === value;
}

const isDigest = hasBytes(32);
const isChallenge = hasBytes(16, 32);
const isName = matches(/^[!-~]{1,255}$/);
const isNonce: Check = (value) => typeof value === 'string' && nonceTimeMs(value) !== undefined;
/** As far as the server's column counts. */
const isGeneration: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 31 && !Object.is(value, -0);

const QUESTION = {
  issuer: isOrigin,
  nonce: isChallenge,
  account: isName,
  client: isName,
  type: matches(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  operationDigest: isDigest,
  textDigest: isDigest,
};

const SHAPES: { [T in MessageType]: Shape<Messages[T]> } = {
  'sigillo-pairing': {
    issuer: isOrigin,
    issuerKey: orNull(isDigest),
    code: matches(/^[A-Za-z0-9_-]{20,128}$/),
    deviceKey: isPublicJwk,
    approvalKey: isPublicJwk,
  },
  'sigillo-approval': {
    ...QUESTION,
    decision: matches(/^approved$/),
    number: orNull(matches(/^([0-9]{3}|[0-9]{6})$/)),
    generation: isGeneration,
  },
  'sigillo-refusal': { ...QUESTION, reason: matches(/^(refused|not-me)$/) },
  'sigillo-unlock': {
    issuer: isOrigin,
    device: isName,
    nonce: isNonce,
    generation: isGeneration,
    x: isDigest,
  },
  'sigillo-unlock-confirmation': {
    issuer: isOrigin,
    device: isName,
    nonce: isNonce,
    generation: isGeneration,
  },
};

/** Whether an object is a message of the type: every member, of the right form, and no other. */
export function isMessage<T extends MessageType>(
  type: T,
  value: Record<string, unknown>,
): value is Record<string, unknown> & Messages[T] {
  const checks: [string, Check][] = Object.entries(SHAPES[type]);
  if (Object.keys(value).length !== checks.length) return false;
  return checks.every(([name, check]) => Object.hasOwn(value, name) && check(value[name]));
}
