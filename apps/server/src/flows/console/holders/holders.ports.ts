import type { SuspensionCause } from '@sigillo/identity';
import type { Presenter } from '../../../gate/model.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { OutboxState } from '../../../platform/database/tables.ts';

/** What help desk may be told to find somebody by: whole, never a part of it. */
export const SEARCHED_BY = ['user-id', 'email', 'phone', 'spid-code', 'fiscal-number'] as const;
export type SearchedBy = (typeof SEARCHED_BY)[number];

/** Who does something in the console, and from where. */
export interface Acting {
  operatorId: string;
  presenter: Presenter;
}

/** A holder's file on an operator's desk. */
export interface HolderFile {
  operatorId: string;
  id: string;
  accountId: string;
  createdAt: Date;
  expiresAt: Date;
}

export interface HolderFiles {
  insert(tx: Tx, file: HolderFile): Promise<void>;
  /** The file while it is open, for the operator who opened it. */
  find(tx: Tx, key: { operatorId: string; id: string }, now: Date): Promise<HolderFile | undefined>;
  /** Puts every file of a holder away, from every desk. */
  closeAll(tx: Tx, accountId: string, now: Date): Promise<void>;
}

/** Finding holders by keyed hashes; accounts of operators are found by nobody. */
export interface HolderSearch {
  /** At most so many; a value that cannot be one of its kind finds nobody. */
  find(tx: Tx, by: SearchedBy, value: string, most: number): Promise<string[]>;
}

export interface SentMessage {
  id: string;
  channel: 'email' | 'sms' | 'push';
  state: OutboxState;
  reason: string | null;
  createdAt: Date;
  sentAt: Date | null;
}

export interface AccessCount {
  successes: number;
  failures: number;
  lastAt: Date | null;
}

export interface IdentityFacts {
  state: 'requested' | 'active' | 'suspended' | 'revoked';
  type: number;
  causes: ReadonlySet<SuspensionCause>;
  issuedOn: string | null;
  expiresOn: string | null;
  documentExpiresOn: string | null;
}

/** What a file shows that nothing else keeps together. */
export interface HolderFacts {
  createdAt(tx: Tx, accountId: string): Promise<Date | undefined>;
  /** Sign-ins and other accesses since then. */
  accesses(tx: Tx, accountId: string, since: Date): Promise<AccessCount>;
  /** The newest first; nothing of what they say, nor to which address. */
  messages(tx: Tx, accountId: string, most: number): Promise<SentMessage[]>;
}
