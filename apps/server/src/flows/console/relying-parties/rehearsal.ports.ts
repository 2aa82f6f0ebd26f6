import type { Method } from '@sigillo/assurance';
import type { Tx } from '../../../platform/database/database.ts';
import type { EditedClient } from '../../../protocols/oidc/administer-clients.ts';

/** What a relying party asks of whoever signs in, as the console changes it. */
export type Rule = EditedClient['policy'];

/** How many were let in as before, asked for more that they had, or locked out. */
export interface Figures {
  asBefore: number;
  askedMore: number;
  lockedOut: number;
}

export type RehearsalOutcome =
  | {
      kind: 'done';
      /** Each counted once, by the worst that any of their sign-ins would have met. */
      people: Figures;
      signIns: Figures;
      /** Every day (UTC) of the time, the oldest first. */
      days: ({ day: string } & Figures)[];
      /** Whether more people signed in than were looked at. */
      isSample: boolean;
      /** About how many people there are in all. */
      estimatedPeople: number;
    }
  | { kind: 'failed' };

/** The last time that another rule was tried out. */
export interface Rehearsal {
  clientId: string;
  id: string;
  rule: Rule;
  days: number;
  startedAt: Date;
  seenAt: Date;
  finishedAt: Date | null;
  people: number;
  peopleInAll: number;
  outcome: RehearsalOutcome | null;
}

type Key = Pick<Rehearsal, 'clientId' | 'id'>;

export interface Rehearsals {
  last(tx: Tx, clientId: string): Promise<Rehearsal | undefined>;
  /** Takes the place of the last one; false while that one is under way, and its node alive. */
  begin(tx: Tx, rehearsal: Rehearsal, deadSince: Date): Promise<boolean>;
  progress(tx: Tx, key: Key, passed: { people: number; peopleInAll: number }, now: Date): Promise<void>;
  finish(tx: Tx, key: Key, outcome: RehearsalOutcome, now: Date): Promise<void>;
}

/** Sign-ins of one account that are alike, on one day. */
export interface SignIns {
  accountId: string;
  /** YYYY-MM-DD, UTC. */
  day: string;
  /** What they ended with; null where the history does not say. */
  method: Method | null;
  count: number;
}

/** Who signed in to a relying party. */
export interface Visitors {
  /** Accounts that did since then, in the order of their ids, which tell nothing. */
  some(tx: Tx, clientId: string, since: Date, most: number): Promise<string[]>;
  signIns(tx: Tx, clientId: string, since: Date, accountIds: readonly string[]): Promise<SignIns[]>;
}
