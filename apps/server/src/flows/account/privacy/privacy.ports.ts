import type { Tx } from '../../../platform/database/database.ts';

/** What is stored about one account, wherever it stands. */
export interface PersonalData {
  /** All of it that its holder is given, by table; no secrets and no hashes. */
  read(tx: Tx, accountId: string): Promise<Record<string, unknown[]>>;
  /** Deletes what may go, and leaves of the rest what must stay. */
  erase(tx: Tx, accountId: string): Promise<void>;
  /** Forgets what was sent to the account, and what of it is still to be. */
  forgetMessages(tx: Tx, accountId: string): Promise<void>;
}

export interface DataExport {
  id: string;
  state: 'waiting' | 'ready' | 'fetched' | 'expired';
  requestedAt: Date;
  expiresAt: Date | null;
}

/** Data that holders asked for. */
export interface DataExports {
  /** The newest first, as they are at this time. */
  list(tx: Tx, accountId: string, now: Date): Promise<DataExport[]>;
  insert(tx: Tx, accountId: string, id: string, at: Date): Promise<void>;
  /** One that is to be made, for this transaction alone; undefined when there is none that nobody else makes. */
  nextDue(tx: Tx, now: Date): Promise<{ id: string; accountId: string } | undefined>;
  /** It is made; it opens to whoever has the secret, until then. */
  keep(
    tx: Tx,
    made: { id: string; accountId: string; secretHash: Buffer; content: Buffer; at: Date; expiresAt: Date },
  ): Promise<void>;
  /** Whose account is closed has nothing made. */
  drop(tx: Tx, due: { id: string; accountId: string }): Promise<void>;
  /** Gives what was made to the one caller with the secret, and forgets it. */
  take(
    tx: Tx,
    wanted: { id: string; accountId: string; secretHash: Buffer; now: Date },
  ): Promise<Buffer | undefined>;
  /** Forgets what nobody fetched in time. */
  forgetOver(tx: Tx, now: Date): Promise<void>;
}

export interface Erasure {
  id: string;
  accountId: string;
  state: 'waiting' | 'cancelled' | 'deleted' | 'done';
  beginsAt: Date;
}

/** Accounts that their holders want erased. */
export interface Erasures {
  insert(tx: Tx, erasure: Pick<Erasure, 'id' | 'accountId' | 'beginsAt'>, at: Date): Promise<void>;
  /** The one that waits for its day. */
  waiting(tx: Tx, accountId: string): Promise<Erasure | undefined>;
  /** True for the one caller that stopped it before it began. */
  cancel(tx: Tx, accountId: string, now: Date): Promise<boolean>;
  /** One whose next turn has come, for this transaction alone. */
  nextDue(tx: Tx, now: Date): Promise<Erasure | undefined>;
  /** The account is deleted; its last messages are forgotten then. */
  markDeleted(tx: Tx, erasure: Erasure, now: Date, forgetAt: Date): Promise<void>;
  markDone(tx: Tx, erasure: Erasure): Promise<void>;
}
