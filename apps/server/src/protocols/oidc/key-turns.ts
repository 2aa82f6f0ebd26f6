import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../platform/clock/clock.ts';
import type { SigningAlgorithm, SigningKey } from './ports.ts';

/**
 * How long a signing key does what, in milliseconds. A key is made soon after the one before it begins to sign, and
 * is published from then on: whoever keeps the key set for a day has it before it signs. It is 84 days old when it
 * signs for the last time.
 */
export const KEY_LIFE = {
  /** Published before it signs, at least: a day, once every node has learned of it. */
  announced: DAY_MS + MINUTE_MS,
  /** The next one is not made before it has signed for so long: a start has other things to do. */
  alone: HOUR_MS,
  signs: 42 * DAY_MS,
  /** No key signs beyond this age, though its successor could not be announced: nothing ran for weeks. */
  oldest: 90 * DAY_MS,
  /**
   * Published after it signed. Tokens live for minutes; as a hint (OpenID Connect RP-Initiated Logout §2) an ID
   * token serves for as long as the longest grant.
   */
  publishedAfter: 32 * DAY_MS,
} as const;

export type KeyState = 'waiting' | 'signing' | 'former';

/** The key of an algorithm that signs: the last whose turn has come. */
export function signerOf(
  keys: readonly SigningKey[],
  alg: SigningAlgorithm,
  nowMs: number,
): SigningKey | undefined {
  const begun = ofAlgorithm(keys, alg).filter(({ signsFrom }) => signsFrom.getTime() <= nowMs);
  return begun.at(-1);
}

/** The key whose turn is next. */
export function waitingKey(
  keys: readonly SigningKey[],
  alg: SigningAlgorithm,
  nowMs: number,
): SigningKey | undefined {
  return ofAlgorithm(keys, alg).find(({ signsFrom }) => signsFrom.getTime() > nowMs);
}

export function stateOf(key: SigningKey, keys: readonly SigningKey[], nowMs: number): KeyState {
  if (key.signsFrom.getTime() > nowMs) return 'waiting';
  return signerOf(keys, key.alg, nowMs) === key ? 'signing' : 'former';
}

/** When the turn of a key that is made now begins; undefined when none is needed yet. */
export function nextTurn(
  keys: readonly SigningKey[],
  alg: SigningAlgorithm,
  nowMs: number,
): Date | undefined {
  if (waitingKey(keys, alg, nowMs)) return undefined;
  const signer = signerOf(keys, alg, nowMs);
  if (!signer) return new Date(nowMs);
  if (nowMs < signer.signsFrom.getTime() + KEY_LIFE.alone) return undefined;
  const regular = Math.max(signer.signsFrom.getTime() + KEY_LIFE.signs, nowMs + KEY_LIFE.announced);
  return new Date(Math.max(nowMs, Math.min(regular, signer.createdAt.getTime() + KEY_LIFE.oldest)));
}

/** Whether nobody needs a key any more, not even to check what it signed long ago. */
export function isOver(key: SigningKey, keys: readonly SigningKey[], nowMs: number): boolean {
  const later = ofAlgorithm(keys, key.alg).find(({ signsFrom }) => signsFrom > key.signsFrom);
  return later !== undefined && later.signsFrom.getTime() + KEY_LIFE.publishedAfter <= nowMs;
}

/** Every key, those that sign first: the OpenID Connect library signs with the first that fits. */
export function inOrderOfUse(keys: readonly SigningKey[], nowMs: number): SigningKey[] {
  const isSigning = (key: SigningKey) => Number(stateOf(key, keys, nowMs) === 'signing');
  return [...keys].sort((one, other) => isSigning(other) - isSigning(one));
}

/** When the next turn begins, in Unix milliseconds; Infinity when no key waits. */
export function nextChangeMs(keys: readonly SigningKey[], nowMs: number): number {
  return Math.min(...keys.map(({ signsFrom }) => signsFrom.getTime()).filter((atMs) => atMs > nowMs));
}

const ofAlgorithm = (keys: readonly SigningKey[], alg: SigningAlgorithm): SigningKey[] =>
  keys
    .filter((key) => key.alg === alg)
    .sort((one, other) => one.signsFrom.getTime() - other.signsFrom.getTime());
