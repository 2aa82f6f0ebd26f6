import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '../platform/database/database.ts';
import type { ClientInfo } from '../platform/http/client-info.ts';
import { uuidBytes, uuidFromBytes } from '../platform/ids.ts';
import type { AccountKind, Session } from './model.ts';
import type { Gate, Liveness } from './ports.ts';

const TOKEN_SHAPE = /^[A-Za-z0-9_-]{86}$/;
const SECRET_BYTES = 32;
/** Activity is written down at most this often: a write a minute instead of a write a request. */
const TOUCH_AFTER_MS = 60_000;

export interface SessionToken {
  /** What the cookie holds: account, session and a 256-bit secret, 64 bytes as base64url. */
  token: string;
  /** What is stored. */
  hash: Buffer;
}

export const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

export function newSessionToken(key: { accountId: string; id: string }): SessionToken {
  const secret = randomBytes(SECRET_BYTES);
  const token = Buffer.concat([uuidBytes(key.accountId), uuidBytes(key.id), secret]).toString('base64url');
  return { token, hash: sha256(secret) };
}

interface ReadToken {
  accountId: string;
  id: string;
  hash: Buffer;
}

/** Takes a token apart; undefined when it is none. */
export function readSessionToken(token: string): ReadToken | undefined {
  if (!TOKEN_SHAPE.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 32 + SECRET_BYTES) return undefined;
  return {
    accountId: uuidFromBytes(bytes.subarray(0, 16)),
    id: uuidFromBytes(bytes.subarray(16, 32)),
    hash: sha256(bytes.subarray(32)),
  };
}

/** However long holders may stay idle, operators may not ([SES-2]). */
const OPERATOR_IDLE_SECONDS = 15 * 60;
const OPERATOR_SECONDS = 8 * 60 * 60;

/** How long a session lasts without being used, and at all. */
export function lifetimeOf(gate: Gate, kind: AccountKind): { idleSeconds: number; seconds: number } {
  const { sessionIdleSeconds, sessionSeconds } = gate.settings;
  if (kind === 'holder') return { idleSeconds: sessionIdleSeconds, seconds: sessionSeconds };
  return {
    idleSeconds: Math.min(sessionIdleSeconds, OPERATOR_IDLE_SECONDS),
    seconds: Math.min(sessionSeconds, OPERATOR_SECONDS),
  };
}

/** When a session counts as alive now. */
export function liveness(gate: Gate, kind: AccountKind = 'holder'): Liveness {
  const now = gate.clock.now();
  return { now, idleSince: new Date(now.getTime() - lifetimeOf(gate, kind).idleSeconds * 1000) };
}

/** When a session ends if nothing happens: idle time counts from the last use that was written down. */
export function endOf(gate: Gate, session: Session): Date {
  const idleEndMs = session.lastSeenAt.getTime() + lifetimeOf(gate, session.accountKind).idleSeconds * 1000;
  return new Date(Math.min(idleEndMs, session.expiresAt.getTime()));
}

/**
 * The live session a cookie names, if it is of such an account; also notes that it was used.
 *
 * @param isUse false where a page only asks when the session ends: asking must not put it off
 */
export async function readSession(
  gate: Gate,
  token: string,
  { isUse = true, kind = 'holder' }: { isUse?: boolean; kind?: AccountKind } = {},
): Promise<Session | undefined> {
  const key = readSessionToken(token);
  if (!key) return undefined;
  const live = liveness(gate, kind);
  const session = await gate.single((tx) => gate.sessions.findLive(tx, key, key.hash, live));
  if (session?.accountKind !== kind) return undefined;
  const isStale = session && live.now.getTime() - session.lastSeenAt.getTime() >= TOUCH_AFTER_MS;
  if (isUse && isStale) await gate.single((tx) => gate.sessions.touch(tx, session, live.now));
  return session;
}

/**
 * Whether what was given to an account in an earlier epoch may still be used: stands in front of every
 * refresh, device call and live stream.
 */
export function mayContinue(gate: Gate, tx: Tx, accountId: string, epoch: number): Promise<boolean> {
  return gate.accounts.holdEpoch(tx, accountId, epoch);
}

/** Ends everything an account has open: sessions, tokens, ceremonies. In the caller's transaction. */
export async function endEverything(gate: Gate, tx: Tx, accountId: string): Promise<void> {
  await gate.accounts.raiseEpoch(tx, accountId);
  await gate.sessions.endAll(tx, accountId, null, gate.clock.now());
}

/** The holder signs out: this session ends, with everything that hangs on it; recorded by whoever ended it. */
export function signOut(
  gate: Gate,
  session: Session,
  client: ClientInfo,
  clientId: string | null = null,
): Promise<void> {
  return gate.transaction(async (tx) => {
    const at = gate.clock.now();
    if (!(await gate.sessions.end(tx, session, at))) return;
    const details = { session: session.id, clientId };
    const { accountId } = session;
    const actor = session.accountKind;
    await gate.audit(tx, { type: 'signed-out', accountId, actor, at, client, details });
  });
}
