import type { Session } from '../../gate/model.ts';
import type { Gate, Liveness } from '../../gate/ports.ts';
import { liveness } from '../../gate/sessions.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Artifact, Origin } from './ports.ts';

const OFFLINE = 'offline_access';

/** Whether something given with these scopes outlives the holder's presence (OpenID Connect Core §11). */
export const isOffline = (scope: string | undefined): boolean => scope?.split(' ').includes(OFFLINE) ?? false;

/** For what outlives idle and absolute expiry: a session counts as long as nobody ended it. */
const UNLESS_ENDED: Liveness = { now: new Date(0), idleSince: new Date(0) };

/**
 * Whether an artifact may still be used: its session was not ended and its account's epoch has not moved;
 * nor has the session expired, unless it was given for the time after.
 */
export function stands(gate: Gate, { origin, standing }: Artifact, offline: boolean): boolean {
  if (!origin || !standing) return false;
  const { endedAt, accountStatus, accountEpoch } = standing;
  if (endedAt || accountStatus !== 'active' || accountEpoch !== origin.epoch) return false;
  const { now, idleSince } = liveness(gate);
  return offline || (standing.sessionExpiresAt > now && standing.lastSeenAt > idleSince);
}

/**
 * Holds the session and the epoch that something is about to be written for: neither can end before the
 * transaction does. The account first, as everywhere, so that two transactions never wait for one another.
 */
export async function hold(
  gate: Gate,
  tx: Tx,
  { accountId, sessionId, epoch }: Origin,
  offline: boolean,
): Promise<boolean> {
  const live = offline ? UNLESS_ENDED : liveness(gate);
  const session = await gate.sessions.lockLive(tx, { accountId, id: sessionId }, live);
  return session?.epoch === epoch;
}

export const originOf = (session: Session): Origin => ({
  accountId: session.accountId,
  sessionId: session.id,
  epoch: session.epoch,
});
