import type { Session } from '../../../gate/model.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { RelyingParties } from '../../../gate/relying-party.ts';
import type { Tx } from '../../../platform/database/database.ts';

/** What the holder allowed relying parties to know. */
interface Consents {
  list(tx: Tx, accountId: string): Promise<{ clientId: string; scopes: string[]; grantedAt: Date }[]>;
  /** Withdraws one, and with it all that was given under it; true for the one caller that did. */
  withdraw(tx: Tx, accountId: string, clientId: string, now: Date): Promise<boolean>;
}

export interface ConsentsPorts {
  gate: Gate;
  relyingParties: RelyingParties;
  consents: Consents;
}

/** The account's consents, the newest first; a relying party that is gone keeps its id for a name. */
export async function listConsents({ gate, relyingParties, consents }: ConsentsPorts, session: Session) {
  const all = await gate.transaction((tx) => consents.list(tx, session.accountId));
  const parties = await Promise.all(all.map(({ clientId }) => relyingParties.find(clientId)));
  return all.map(({ clientId, scopes, grantedAt }, index) => ({
    clientId,
    name: parties[index]?.name ?? { it: clientId, en: clientId },
    scopes,
    grantedAt: grantedAt.toISOString(),
  }));
}
