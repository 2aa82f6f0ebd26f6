import type { AnnouncedEnd, Day } from '@sigillo/identity';
import type { Tx } from '../platform/database/database.ts';

export interface IdentityKey {
  accountId: string;
  id: string;
}

/** What an identity's holder was told of what is to come. */
export interface Agenda {
  remindedOf: Day | null;
  announced: AnnouncedEnd | null;
}

/** When time brings something about in which identity. */
export interface Agendas {
  /** Those that are due, the longest first. */
  due(tx: Tx, now: Date, limit: number): Promise<IdentityKey[]>;
  /** If it is due: somebody else may have been quicker. The account is locked. */
  find(tx: Tx, key: IdentityKey, now: Date): Promise<Agenda | undefined>;
  /** @param dueAt null when time brings nothing about any more */
  put(tx: Tx, key: IdentityKey, agenda: Agenda, dueAt: Date | null): Promise<void>;
}
