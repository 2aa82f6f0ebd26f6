import type { Level, Method } from '@sigillo/assurance';
import type { Tx } from '../platform/database/database.ts';
import type { AccountKind, CodeDelivery, Contact, EnrolledAuthenticator, UseNotices } from './model.ts';
import type { Accounts } from './ports.ts';

/** Finding who somebody says they are. */
export interface Identifiers {
  /** The keyed hash by which a user id or e-mail address, as typed, is found; undefined when it is neither. */
  hash(identifier: string): Buffer | undefined;
  find(tx: Tx, hmac: Buffer): Promise<string | undefined>;
  /** Reserves an identifier for an account; false when another one has it. */
  claim(
    tx: Tx,
    identifier: { kind: 'user-id' | 'email' | 'operator'; value: string },
    accountId: string,
  ): Promise<boolean>;
  /** Gives an e-mail address up that the account has reserved. */
  release(tx: Tx, email: string, accountId: string): Promise<void>;
}

export interface NewAccount {
  id: string;
  userId: string;
  language: 'it' | 'en';
  at: Date;
  /** A holder's unless told otherwise. */
  kind?: AccountKind;
}

/** What flows do to accounts, in a transaction that the gate allowed. */
export interface AccountWriter extends Accounts {
  create(tx: Tx, account: NewAccount): Promise<void>;
  /** Closes an account for good or opens it again; true for the one caller that did. */
  setClosed(tx: Tx, accountId: string, closed: boolean): Promise<boolean>;
  /** Whether its holder is told of every use. */
  setUseNotices(tx: Tx, accountId: string, wanted: UseNotices): Promise<void>;
  setCodeDelivery(tx: Tx, accountId: string, delivery: CodeDelivery): Promise<void>;
  setLanguage(tx: Tx, accountId: string, language: 'it' | 'en'): Promise<void>;
}

export interface Contacts {
  insert(tx: Tx, accountId: string, contact: Contact, at: Date): Promise<void>;
  /** Confirms a contact; false when there is none such. */
  verify(tx: Tx, accountId: string, contactId: string, at: Date): Promise<boolean>;
  remove(tx: Tx, accountId: string, contactId: string): Promise<void>;
  /** Nobody changes this contact before then. */
  lock(tx: Tx, accountId: string, contactId: string, until: Date): Promise<void>;
  /** Until when contacts may not be changed, by their id; also what is long past. */
  locks(tx: Tx, accountId: string): Promise<ReadonlyMap<string, Date>>;
  /** Another contact in the place of one that was never confirmed; false when it is. */
  replaceUnconfirmed(tx: Tx, accountId: string, id: string, by: Contact, at: Date): Promise<boolean>;
}

/** A change of contact that can still be undone. */
export interface KeptChange {
  accountId: string;
  /** Of the operation that made it. */
  id: string;
  kind: Contact['kind'];
  /** As it was before; null where there was none. */
  old: Contact | null;
  /** The codes by SMS of the old contact, which moved along. */
  smsFactor: { id: string; bindingLevel: Level } | null;
  newContactId: string;
  changedAt: Date;
  undoUntil: Date;
}

/** What contacts were before they were changed, for as long as that can be undone. */
export interface ContactChanges {
  insert(tx: Tx, change: KeptChange): Promise<void>;
  /** Those that are open, the newest first. */
  open(tx: Tx, accountId: string, now: Date): Promise<KeptChange[]>;
  /** Open → undone; true for the one caller that did. */
  undo(tx: Tx, change: Pick<KeptChange, 'accountId' | 'id'>, now: Date): Promise<boolean>;
  /** When a contact of the account was changed last, of what is still kept. */
  changedAt(tx: Tx, accountId: string): Promise<Date | undefined>;
  /** Some of those past their time, whatever became of them; locked against others who forget them. */
  past(tx: Tx, now: Date, limit: number): Promise<KeptChange[]>;
  forget(tx: Tx, change: Pick<KeptChange, 'accountId' | 'id'>): Promise<void>;
}

export interface NewAuthenticator {
  id: string;
  method: Method;
  state: 'pending' | 'active';
  channelId: string;
  contactId: string | null;
  bindingLevel: Level;
  keyProtection: 'memory' | 'software' | 'hardware';
  secret: Uint8Array | string | null;
  label: string;
  at: Date;
  /** When a pending one is forgotten. */
  expiresAt: Date | null;
}

export interface Authenticators {
  insert(tx: Tx, accountId: string, authenticator: NewAuthenticator): Promise<void>;
  /** Pending → active; true for the one caller that did, before it expired. */
  activate(
    tx: Tx,
    accountId: string,
    id: string,
    as: { bindingLevel: Level; label: string; at: Date },
  ): Promise<boolean>;
  /** Active → removed, its secret destroyed; what it was, for the one caller that did. */
  remove(tx: Tx, accountId: string, id: string): Promise<EnrolledAuthenticator | undefined>;
  rename(tx: Tx, accountId: string, id: string, label: string): Promise<boolean>;
  /** The secret of an active or pending authenticator; none of a frozen one. */
  secret(tx: Tx, accountId: string, id: string): Promise<Buffer | undefined>;
  /**
   * Replaces the secret and what it is bound to; it is not frozen then.
   *
   * @param renewedAt when it is another secret of its holder's (a new password), from which its age counts
   */
  replaceSecret(
    tx: Tx,
    accountId: string,
    id: string,
    secret: Uint8Array | string,
    channelId: string | null,
    renewedAt?: Date,
  ): Promise<boolean>;
  /** Nobody proves anything with the account's password until another takes its place. */
  freezePassword(tx: Tx, accountId: string, at: Date): Promise<void>;
  isPasswordFrozen(tx: Tx, accountId: string): Promise<boolean>;
  /** What was bound to a contact is bound to the one that took its place. */
  moveToContact(
    tx: Tx,
    accountId: string,
    from: { id: string; channelId: string },
    to: { id: string; channelId: string },
  ): Promise<void>;
  /** Spends a time step, ever increasing; true for the one caller that did (RFC 6238 §5.2). */
  spendStep(tx: Tx, accountId: string, id: string, step: number): Promise<boolean>;
  usedStep(tx: Tx, accountId: string, id: string): Promise<number | undefined>;
}

export interface RecoveryCodes {
  insert(tx: Tx, accountId: string, authenticatorId: string, hashes: Buffer[]): Promise<void>;
  /** The unused hashes of a set, by index. */
  unused(tx: Tx, accountId: string, authenticatorId: string): Promise<{ idx: number; hash: Buffer }[]>;
  /** Spends one code; true for the one caller that did. */
  spend(tx: Tx, accountId: string, authenticatorId: string, idx: number, at: Date): Promise<boolean>;
  countUnused(tx: Tx, accountId: string, authenticatorId: string): Promise<number>;
}
