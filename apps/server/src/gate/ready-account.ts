import type { Db, Tx } from '../platform/database/database.ts';
import { randomId, uuidv7 } from '../platform/ids.ts';
import type { NewAccount, NewAuthenticator } from './account-ports.ts';
import type { Contact } from './model.ts';

/** What an account that somebody else vouches for starts with. */
export interface AccountStart {
  userId: string;
  language: 'it' | 'en';
  /** A confirmed address signs in; an unconfirmed one reserves nothing. */
  email: { address: string; confirmed: boolean };
  phone: { address: string; confirmed: boolean } | null;
  /** A hash that `factors/password` can verify. */
  passwordHash: string;
  totpSeed: Uint8Array | null;
  /** Codes to the phone, which must be there and confirmed. */
  smsCodes: boolean;
}

export interface Identifier {
  kind: 'user-id' | 'email';
  value: string;
}

/** An account as registration and setting up factors would have made it, in one piece. */
export interface ReadyAccount {
  account: NewAccount;
  identifiers: Identifier[];
  contacts: Contact[];
  authenticators: NewAuthenticator[];
}

/** One of the identifiers belongs to another account: nothing can be written. */
export class IdentifierTaken extends Error {
  override readonly name = 'IdentifierTaken';
}

/** Writing accounts by the thousand. */
export interface ReadyAccounts {
  /** The keyed hash of an identifier, as text. */
  hash(identifier: Identifier): string;
  /** Those of the hashes that belong to an account. */
  taken(db: Db, hashes: string[]): Promise<Set<string>>;
  /** All rows of all accounts. @throws IdentifierTaken when one has been claimed meanwhile */
  insert(tx: Tx, accounts: ReadyAccount[]): Promise<void>;
}

/**
 * Puts an account together: its identifiers, its contacts, and its authenticators, bound as strongly as if
 * their owner had set them up (a password with its own channel, codes on the channel of their phone).
 */
export function readyAccount(start: AccountStart, at: Date): ReadyAccount {
  const email = contactOf('email', start.email, at);
  const phone = start.phone && contactOf('phone', start.phone, at);
  const authenticators = [passwordOf(start.passwordHash, at)];
  if (start.totpSeed) authenticators.push(totpOf(start.totpSeed, at));
  if (start.smsCodes) authenticators.push(smsCodeOf(phone, at));

  return {
    account: { id: randomId(), userId: start.userId, language: start.language, at },
    identifiers: identifiersOf(start),
    contacts: phone ? [email, phone] : [email],
    authenticators,
  };
}

/** What the account is found by; an address that is not confirmed finds nobody. */
export function identifiersOf({ userId, email }: Pick<AccountStart, 'userId' | 'email'>): Identifier[] {
  const identifiers: Identifier[] = [{ kind: 'user-id', value: userId }];
  if (email.confirmed) identifiers.push({ kind: 'email', value: email.address });
  return identifiers;
}

function contactOf(
  kind: 'email' | 'phone',
  from: { address: string; confirmed: boolean },
  at: Date,
): Contact {
  const verifiedAt = from.confirmed ? at : null;
  return { id: randomId(), kind, channelId: randomId(), address: from.address, verifiedAt };
}

const active = (at: Date) => ({
  id: uuidv7(at.getTime()),
  state: 'active' as const,
  label: '',
  at,
  expiresAt: null,
});

function passwordOf(hash: string, at: Date): NewAuthenticator {
  const common = active(at);
  return {
    ...common,
    method: 'password',
    channelId: common.id,
    contactId: null,
    bindingLevel: 3,
    keyProtection: 'memory',
    secret: hash,
  };
}

function totpOf(seed: Uint8Array, at: Date): NewAuthenticator {
  return {
    ...active(at),
    method: 'totp',
    channelId: randomId(),
    contactId: null,
    bindingLevel: 2,
    keyProtection: 'software',
    secret: seed,
  };
}

function smsCodeOf(phone: Contact | null, at: Date): NewAuthenticator {
  if (!phone?.verifiedAt) throw new RangeError('Codes by SMS need a confirmed phone');
  return {
    ...active(at),
    method: 'sms-code',
    channelId: phone.channelId,
    contactId: phone.id,
    bindingLevel: 2,
    keyProtection: 'software',
    secret: null,
  };
}
