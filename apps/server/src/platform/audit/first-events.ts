import type { Tx } from '../database/database.ts';
import { type ColumnTypes, insertMany } from '../database/insert-many.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { newAccountKey } from './account-key.ts';
import { type AuditEvent, auditRow } from './audit.ts';
import { assertNoSecrets, type Details, type WithoutSecrets } from './details.ts';

const AUDIT_KEY: ColumnTypes<'audit_key'> = { account_id: 'uuid', key_sealed: 'bytea' };
const AUDIT: ColumnTypes<'audit'> = {
  id: 'uuid',
  at: 'timestamptz',
  account_id: 'uuid',
  body: 'bytea',
  leaf: 'bytea',
  commitment: 'bytea',
};
const AUDIT_PENDING: ColumnTypes<'audit_pending'> = { id: 'uuid' };

/**
 * Writes one event for each of many accounts, in the transaction that makes them: as `writeAudit` does, in
 * three statements for all of them.
 *
 * @throws TypeError when a detail sounds like a secret
 * @throws the database's error when one of the accounts has an audit key already, and so is not new
 */
export async function writeFirstEvents<D extends Details>(
  tx: Tx,
  keyring: Keyring,
  events: (AuditEvent<D> & { details: WithoutSecrets<D> })[],
): Promise<void> {
  for (const event of events) assertNoSecrets(event.details);
  const made = events.map((event) => {
    const { key, sealed } = newAccountKey(keyring, event.accountId);
    return { key: { account_id: event.accountId, key_sealed: sealed }, row: auditRow(event, key) };
  });
  const rows = made.map(({ row }) => row);
  await insertMany(
    tx,
    'audit_key',
    AUDIT_KEY,
    made.map(({ key }) => key),
  );
  await insertMany(tx, 'audit', AUDIT, rows);
  await insertMany(
    tx,
    'audit_pending',
    AUDIT_PENDING,
    rows.map(({ id }) => ({ id })),
  );
}
