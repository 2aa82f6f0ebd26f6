import { IdentityTaken } from '../../identities/identities.ports.ts';
import type { Identity } from '../../identities/identity.ts';
import { firstDue, type ReadyIdentities } from '../../identities/ready-identity.ts';
import { sqlState, type Tx } from '../../platform/database/database.ts';
import { type ColumnTypes, insertMany } from '../../platform/database/insert-many.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { identityRow, namesOf } from './identity.store.ts';

const IDENTITY: ColumnTypes<'identity'> = {
  account_id: 'uuid',
  id: 'uuid',
  type: 'int2',
  state: 'text',
  version: 'int4',
  spid_code: 'text',
  attributes_sealed: 'bytea',
  document_expires_on: 'date',
  issued_on: 'date',
  expires_on: 'date',
  last_used_at: 'timestamptz',
  created_at: 'timestamptz',
};
const NAME: ColumnTypes<'identity_name'> = {
  hmac: 'bytea',
  kind: 'text',
  account_id: 'uuid',
  identity_id: 'uuid',
};
const MOVE: ColumnTypes<'identity_move'> = {
  account_id: 'uuid',
  identity_id: 'uuid',
  version: 'int4',
  at: 'timestamptz',
  move: 'text',
  cause: 'text',
  actor: 'text',
  from_state: 'text',
  to_state: 'text',
};
const AGENDA: ColumnTypes<'identity_agenda'> = {
  account_id: 'uuid',
  identity_id: 'uuid',
  due_at: 'timestamptz',
  reminded_of: 'date',
  end_cause: 'text',
  ends_on: 'date',
  told_days: 'int2',
};

const UNIQUE_VIOLATION = '23505';

/** Whole identities on PostgreSQL, by the thousand: the rows of the store beside this one, in four statements. */
export function bulkIdentityStore(keyring: Keyring): ReadyIdentities {
  return {
    hashes: ({ type, attributes, spidCode }) =>
      namesOf(keyring, { type, attributes, spidCode }).map(({ kind, hmac }) => ({
        field: kind === 'spid-code' ? 'spidCode' : 'fiscalNumber',
        hash: hmac.toString('hex'),
      })),

    async taken(db, hashes) {
      if (hashes.length === 0) return new Set();
      const rows = await db
        .selectFrom('identity_name')
        .select('hmac')
        .where('hmac', '=', (eb) => eb.fn.any(eb.val(hashes.map((hash) => Buffer.from(hash, 'hex')))))
        .execute();
      return new Set(rows.map(({ hmac }) => hmac.toString('hex')));
    },

    async insert(tx, identities, at) {
      await claimAll(tx, keyring, identities);
      const issued = identities.map((one) => ({ ...one, state: 'active' as const, version: 2 }));
      const rows = issued.map((one) => identityRow(keyring, one));
      await insertMany(tx, 'identity', IDENTITY, rows);
      const moves = rows.map((row) => issueOf(row, at));
      await insertMany(tx, 'identity_move', MOVE, moves);
      const agendas = issued.map((one) => agendaRow(one, at));
      await insertMany(tx, 'identity_agenda', AGENDA, agendas);
    },
  };
}

const issueOf = ({ account_id, id, version }: Tables['identity'], at: Date): Tables['identity_move'] => ({
  account_id,
  identity_id: id,
  version,
  at,
  move: 'issue',
  cause: null,
  actor: 'import',
  from_state: 'requested',
  to_state: 'active',
});

function agendaRow(identity: Identity, at: Date): Tables['identity_agenda'] {
  const { accountId: account_id, id: identity_id } = identity;
  const untold = { reminded_of: null, end_cause: null, ends_on: null, told_days: null };
  return { account_id, identity_id, due_at: firstDue(identity, at), ...untold };
}

/** Waits for whoever is taking one of them at this moment, and then fails. */
async function claimAll(tx: Tx, keyring: Keyring, identities: Identity[]): Promise<void> {
  const rows = identities.flatMap((one) =>
    namesOf(keyring, one).map((name) => ({ ...name, account_id: one.accountId, identity_id: one.id })),
  );
  try {
    await insertMany(tx, 'identity_name', NAME, rows);
  } catch (error) {
    throw sqlState(error) === UNIQUE_VIOLATION ? new IdentityTaken() : error;
  }
}
