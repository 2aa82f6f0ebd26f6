import { IdentifierTaken, type ReadyAccount, type ReadyAccounts } from '../../gate/ready-account.ts';
import { sqlState, type Tx } from '../../platform/database/database.ts';
import { type ColumnTypes, insertMany } from '../../platform/database/insert-many.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { accountRow } from './account.store.ts';
import { authenticatorRow } from './authenticator.store.ts';
import { contactRow } from './contact.store.ts';
import { hashIdentifier } from './identifier.store.ts';

const ACCOUNT: ColumnTypes<'account'> = {
  id: 'uuid',
  user_id: 'text',
  kind: 'text',
  status: 'text',
  epoch: 'int4',
  language: 'text',
  code_delivery: 'text',
  created_at: 'timestamptz',
  use_notices: 'text',
  use_failures: 'bool',
};
const IDENTIFIER: ColumnTypes<'identifier'> = { hmac: 'bytea', kind: 'text', account_id: 'uuid' };
const CONTACT: ColumnTypes<'contact'> = {
  account_id: 'uuid',
  id: 'uuid',
  kind: 'text',
  channel_id: 'uuid',
  address_sealed: 'bytea',
  address_hmac: 'bytea',
  verified_at: 'timestamptz',
  locked_until: 'timestamptz',
  created_at: 'timestamptz',
};
const AUTHENTICATOR: ColumnTypes<'authenticator'> = {
  account_id: 'uuid',
  id: 'uuid',
  type: 'text',
  state: 'text',
  channel_id: 'uuid',
  contact_id: 'uuid',
  binding_level: 'int2',
  key_protection: 'text',
  backup_eligible: 'bool',
  generation: 'int4',
  used_step: 'int8',
  secret_sealed: 'bytea',
  label: 'text',
  created_at: 'timestamptz',
  last_used_at: 'timestamptz',
  expires_at: 'timestamptz',
  frozen_at: 'timestamptz',
};

const UNIQUE_VIOLATION = '23505';

/** Whole accounts on PostgreSQL, by the thousand: the rows of the stores beside this one, in four statements. */
export function bulkImportStore(keyring: Keyring): ReadyAccounts {
  return {
    hash: ({ kind, value }) => hashIdentifier(keyring, kind, value).toString('hex'),

    async taken(db, hashes) {
      if (hashes.length === 0) return new Set();
      const rows = await db
        .selectFrom('identifier')
        .select('hmac')
        .where('hmac', '=', (eb) => eb.fn.any(eb.val(hashes.map((hash) => Buffer.from(hash, 'hex')))))
        .execute();
      return new Set(rows.map(({ hmac }) => hmac.toString('hex')));
    },

    async insert(tx, accounts) {
      await claimAll(tx, keyring, accounts);
      const contacts = accounts.flatMap((one) =>
        one.contacts.map((contact) => contactRow(keyring, one.account.id, contact, one.account.at)),
      );
      const authenticators = accounts.flatMap((one) =>
        one.authenticators.map((authenticator) => authenticatorRow(keyring, one.account.id, authenticator)),
      );
      const rows = accounts.map(({ account }) => accountRow(account));
      await insertMany(tx, 'account', ACCOUNT, rows);
      await insertMany(tx, 'contact', CONTACT, contacts);
      await insertMany(tx, 'authenticator', AUTHENTICATOR, authenticators);
    },
  };
}

/** Waits for whoever is claiming one of them at this moment, and then fails. */
async function claimAll(tx: Tx, keyring: Keyring, accounts: ReadyAccount[]): Promise<void> {
  const rows = accounts.flatMap(({ account, identifiers }) =>
    identifiers.map(({ kind, value }) => ({
      hmac: hashIdentifier(keyring, kind, value),
      kind,
      account_id: account.id,
    })),
  );
  try {
    await insertMany(tx, 'identifier', IDENTIFIER, rows);
  } catch (error) {
    throw sqlState(error) === UNIQUE_VIOLATION ? new IdentifierTaken() : error;
  }
}
