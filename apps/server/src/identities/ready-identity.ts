import { nextAgendaStep, romeDayOf } from '@sigillo/identity';
import type { Db, Tx } from '../platform/database/database.ts';
import type { Identity } from './identity.ts';
import { firstReminder } from './remind-password.ts';

/** Writing identities by the thousand, that were issued elsewhere. */
export interface ReadyIdentities {
  /** What makes one unique, as text: its code, and the fiscal number of its type. */
  hashes(identity: Pick<Identity, 'type' | 'attributes'> & { spidCode?: string | undefined }): {
    field: 'spidCode' | 'fiscalNumber';
    hash: string;
  }[];
  /** Those of the hashes that belong to an identity. */
  taken(db: Db, hashes: string[]): Promise<Set<string>>;
  /** All rows of all of them, issued by an import at a moment. @throws IdentityTaken when one has been taken meanwhile */
  insert(tx: Tx, identities: Identity[], at: Date): Promise<void>;
}

/** When time first brings something about in an identity that is taken over as it is, with its password or none. */
export function firstDue(identity: Identity, at: Date): Date {
  const usedOn = identity.lastUsedAt ? romeDayOf(identity.lastUsedAt.getTime()) : identity.issuedOn;
  const facts = { ...identity, usedOn, remindedOf: null, announced: null, keptUntil: null };
  const next = nextAgendaStep(facts, at.getTime());
  return new Date(Math.min(next?.atMs ?? Number.POSITIVE_INFINITY, firstReminder(at).getTime()));
}
