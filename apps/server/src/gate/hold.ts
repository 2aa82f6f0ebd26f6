import type { Actor, SuspensionCause } from '@sigillo/identity';
import type { Tx } from '../platform/database/database.ts';

/** Why an account rests. A document that expired is a matter of the identity alone: its holder still signs in. */
export type HoldCause = Exclude<SuspensionCause, 'document-expired'>;

/** One cause for which an account rests. */
export interface Hold {
  accountId: string;
  cause: HoldCause;
  since: Date;
  /** Until when it was meant to last; null where it has no end. */
  until: Date | null;
  /** When the platform judges whether it ends by itself; null once it has judged, or where it never does. */
  dueAt: Date | null;
  setBy: Actor;
  /** Why, in one word: what the holder chose, or what was noticed. */
  reason: string | null;
}

/** Each method is one atomic decision. */
export interface HoldStore {
  /** False when the account rests for this cause already. */
  insert(tx: Tx, hold: Hold): Promise<boolean>;
  /** Oldest first. */
  list(tx: Tx, accountId: string): Promise<Hold[]>;
  /** True for the one caller that ended it. */
  remove(tx: Tx, key: Pick<Hold, 'accountId' | 'cause'>): Promise<boolean>;
  /** Accounts with a hold that is to be judged by now. */
  due(tx: Tx, now: Date, limit: number): Promise<string[]>;
  /** It does not end by itself: it is not judged again. True for the one caller that did. */
  keep(tx: Tx, key: Pick<Hold, 'accountId' | 'cause'>, now: Date): Promise<boolean>;
}

/** What somebody wants an account to rest for. */
export interface NewHold {
  accountId: string;
  cause: HoldCause;
  by: Actor;
  /** How long at most; null where somebody else has to end it. */
  days: number | null;
  reason?: string;
}

/** What keeps an identity from being active again by itself (AgID, avviso 10). */
export type Doubt = 'document-expired' | 'contact-unverified' | 'credential-compromised' | 'other-cause';

/** What an account holds and what rests together with it: digital identities. */
export interface Holdings {
  /** Whether it holds any that is not revoked and not only asked for. */
  isHolder(tx: Tx, accountId: string): Promise<boolean>;
  /** @returns how many came to rest, for this cause or one more */
  suspend(tx: Tx, accountId: string, hold: Pick<Hold, 'cause' | 'setBy' | 'until'>): Promise<number>;
  /** @returns how many are active again */
  lift(tx: Tx, accountId: string, cause: HoldCause, by: Actor): Promise<number>;
  /** Why they are not as sure as before these holds began; nothing where they are, or there are none. */
  doubts(tx: Tx, accountId: string, ending: readonly HoldCause[]): Promise<Doubt[]>;
}

/** Links that suspend; each method is one atomic decision. */
export interface EmergencyLinkStore {
  /** The account's one link from now on. */
  replace(tx: Tx, accountId: string, secretHmac: Buffer, at: Date): Promise<void>;
  /** False when there was none. */
  withdraw(tx: Tx, accountId: string): Promise<boolean>;
  madeAt(tx: Tx, accountId: string): Promise<Date | undefined>;
  /** Whose link it is. */
  find(tx: Tx, secretHmac: Buffer): Promise<string | undefined>;
}

/** What monitoring may do: suspend who holds a digital identity, everybody, or nobody. */
export type Monitoring = 'identities' | 'everybody' | 'notify';
