import type { Level, Method } from '@sigillo/assurance';
import type { Tx } from '../platform/database/database.ts';
import type { Contact, EnrolledAuthenticator } from './model.ts';
import type { Accounts } from './ports.ts';

/** Finding who somebody says they are. */
export interface Identifiers {
  /** The keyed hash by which a user id or e-mail address, as typed, is found; undefined when it is neither. */
  hash(identifier: string): Buffer | undefined;
  find(tx: Tx, hmac: Buffer): Promise<string | undefined>;
  /** Reserves an identifier for an account; false when another one has it. */
  claim(
    tx: Tx,
    identifier: { kind: 'user-id' | 'email'; value: string },
    accountId: string,
  ): Promise<boolean>;
}

export interface NewAccount {
  id: string;
  userId: string;
  language: 'it' | 'en';
  at: Date;
}

/** What flows do to accounts, in a transaction that the gate allowed. */
export interface AccountWriter extends Accounts {
  create(tx: Tx, account: NewAccount): Promise<void>;
  setLanguage(tx: Tx, accountId: string, language: 'it' | 'en'): Promise<void>;
}

export interface Contacts {
  insert(tx: Tx, accountId: string, contact: Contact, at: Date): Promise<void>;
  /** Confirms a contact; false when there is none such. */
  verify(tx: Tx, accountId: string, contactId: string, at: Date): Promise<boolean>;
  remove(tx: Tx, accountId: string, contactId: string): Promise<void>;
  /** Another contact in the place of one that was never confirmed; false when it is. */
  replaceUnconfirmed(tx: Tx, accountId: string, id: string, by: Contact, at: Date): Promise<boolean>;
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
  /** The secret of an active or pending authenticator. */
  secret(tx: Tx, accountId: string, id: string): Promise<Buffer | undefined>;
  /** Replaces the secret and what it is bound to: a new password. */
  replaceSecret(
    tx: Tx,
    accountId: string,
    id: string,
    secret: Uint8Array | string,
    channelId: string | null,
  ): Promise<boolean>;
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
