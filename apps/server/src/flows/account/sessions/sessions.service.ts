import type { Session } from '../../../gate/model.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { RelyingParties } from '../../../gate/relying-party.ts';
import { liveness } from '../../../gate/sessions.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { describeBrowser, placeOf } from '../../../platform/http/client-info.ts';

/** Which portals a session signed in to. */
export interface SessionClients {
  ofAccount(tx: Tx, accountId: string): Promise<{ sessionId: string; clientId: string }[]>;
}

export interface SessionsPorts {
  gate: Gate;
  relyingParties: RelyingParties;
  clients: SessionClients;
}

/** The account's live sessions, the last used first. */
export async function listSessions({ gate, relyingParties, clients }: SessionsPorts, current: Session) {
  const { sessions, used } = await gate.transaction(async (tx) => ({
    sessions: await gate.sessions.list(tx, current.accountId, liveness(gate)),
    used: await clients.ofAccount(tx, current.accountId),
  }));
  const names = new Map<string, { it: string; en: string }>();
  for (const clientId of new Set(used.map((one) => one.clientId))) {
    const party = await relyingParties.find(clientId);
    if (party) names.set(clientId, party.name);
  }
  return sessions.map((session) => ({
    ...describe(session),
    current: session.id === current.id,
    relyingParties: used
      .filter((one) => one.sessionId === session.id)
      .flatMap((one) => names.get(one.clientId) ?? []),
  }));
}

function describe(session: Session) {
  const place = placeOf(session.clientAddress);
  return {
    id: session.id,
    ...describeBrowser(session.userAgent),
    country: place.country ?? null,
    local: place.local,
    address: session.clientAddress,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
  };
}

/**
 * Signs out everywhere: the epoch moves, so that every token and ceremony of the account dies too. The session
 * that asked may stay and goes on in the new epoch.
 */
export async function endAllSessions(
  gate: Gate,
  tx: Tx,
  session: Session,
  keepCurrent: boolean,
): Promise<void> {
  const epoch = await gate.accounts.raiseEpoch(tx, session.accountId);
  await gate.sessions.endAll(tx, session.accountId, keepCurrent ? session.id : null, gate.clock.now());
  await gate.attempts.forgetBrowsers(tx, session.accountId);
  if (keepCurrent) await gate.sessions.moveToEpoch(tx, session, epoch);
}
