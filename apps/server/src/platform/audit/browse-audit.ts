import type { Db, Tx } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import { uuidv7Floor } from '../ids.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { openAccountKeys } from './account-key.ts';
import { type AuditRecord, openRow } from './audit.ts';

/** A row whose account was erased: only that something happened is left. */
export interface ErasedRecord {
  id: string;
  at: Date;
  accountId: string;
  type: null;
}

export type BrowsedRecord = AuditRecord | ErasedRecord;

export interface AuditWindow {
  since: Date;
  until: Date;
  accountId?: string | undefined;
  /** Goes on before this row, which was shown. */
  before?: string | undefined;
}

/**
 * Rows of the audit, the newest first, opened with their accounts' keys and checked against their leaves.
 *
 * @throws AuditBroken when a row is not what was written
 */
export async function browseAudit(
  db: Db | Tx,
  keyring: Keyring,
  window: AuditWindow,
  most: number,
): Promise<BrowsedRecord[]> {
  const rows = await readRows(db, window, most);
  const keys = await openAccountKeys(db, keyring, new Set(rows.map((row) => row.account_id)));
  return rows.map((row) => {
    const key = keys.get(row.account_id);
    if (key) return openRow(row, key);
    return { id: row.id, at: row.at, accountId: row.account_id, type: null };
  });
}

function readRows(
  db: Db | Tx,
  { since, until, accountId, before }: AuditWindow,
  most: number,
): Promise<Tables['audit'][]> {
  const end = uuidv7Floor(until.getTime());
  const wanted = db
    .selectFrom('audit')
    .selectAll()
    .where('id', '>=', uuidv7Floor(since.getTime()))
    .where('id', '<', before !== undefined && before < end ? before : end);
  const chosen = accountId === undefined ? wanted : wanted.where('account_id', '=', accountId);
  return chosen.orderBy('id', 'desc').limit(most).execute();
}
