import { IdentifierTaken, type ReadyAccount, type ReadyAccounts } from '../../gate/ready-account.ts';
import { sqlState, type Tx } from '../../platform/database/database.ts';
import { type ColumnTypes, insertMany } from '../../platform/database/insert-many.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { authenticatorRow } from './authenticator.store.ts';
import { contactRow } from './contact.store.ts';
import { hashIdentifier } from './identifier.store.ts';

const ACCOUNT: ColumnTypes<'account'> = {
  id: 'uuid',
  user_id: 'text',
  status: 'text',
  epoch: 'int4',
  language: 'text',
  created_at: 'timestamptz',
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
      const rows = accounts.map((one) => rowsOf(keyring, one));
      await insertMany(tx, 'account', ACCOUNT, rows.map((row) => row.account));
      await insertMany(tx, 'contact', CONTACT, rows.flatMap((row) => row.contacts));
      await insertMany(tx, 'authenticator', AUTHENTICATOR, rows.flatMap((row) => row.authenticators));
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

interface Rows {
  account: Tables['account'];
  contacts: Tables['contact'][];
  authenticators: Tables['authenticator'][];
}

function rowsOf(keyring: Keyring, { account, contacts, authenticators }: ReadyAccount): Rows {
  const { id, userId, language, at } = account;
  return {
    account: { id, user_id: userId, status: 'active', epoch: 0, language, created_at: at },
    contacts: contacts.map((one) => contactRow(keyring, id, one, at)),
    authenticators: authenticators.map((one) => authenticatorRow(keyring, id, one)),
  };
}
