import { sql } from 'kysely';
import type { Db, Tx } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import type { ClientInfo } from '../http/client-info.ts';
import { uuidv7 } from '../ids.ts';
import { decrypt, encrypt } from '../keyring/aes-gcm.ts';
import { constantTimeEqual } from '../keyring/constant-time.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { lengthPrefixed } from '../keyring/length-prefixed.ts';
import { type AccountKey, ensureAccountKey, findAccountKey, rememberedKey } from './account-key.ts';
import { assertNoSecrets, type Details, type WithoutSecrets } from './details.ts';
import type { AuditEventType } from './event-types.ts';
import { type AuditRow, leafOf } from './leaf.ts';
import { noteRevocation } from './revocations.ts';

/** Whom an event concerns that concerns no account: a registration not yet confirmed, a request for help. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** What happened, to whom, by whose doing. */
export interface AuditEvent<D extends Details = Details> {
  type: AuditEventType;
  accountId: string;
  actor: 'holder' | 'operator' | 'system' | 'relying-party';
  at: Date;
  client?: ClientInfo;
  /** Plain values that whoever may read the audit may see: no secrets, and no names that sound like one. */
  details: D;
}

/** An event as it is read back. */
export interface AuditRecord extends AuditEvent {
  id: string;
}

/** Which row an event becomes, where something else stands for it: the line of a holder's access history. */
export interface AuditRowOf {
  id: string;
  /** SHA-256 of that; the row's leaf covers it. */
  commitment: Buffer;
}

/** An audit row whose leaf, body or key is not what was written. */
export class AuditBroken extends Error {
  override readonly name = 'AuditBroken';

  constructor(id: string, reason: string) {
    super(`Audit row ${id}: ${reason}`);
  }
}

/**
 * Writes an event in the transaction it describes: when it cannot be written, neither can the operation.
 *
 * @throws TypeError when a detail sounds like a secret
 */
export async function writeAudit<D extends Details>(
  tx: Tx,
  keyring: Keyring,
  event: AuditEvent<D> & { details: WithoutSecrets<D> },
  as?: AuditRowOf,
): Promise<void> {
  assertNoSecrets(event.details);
  const remembered = rememberedKey(keyring, event.accountId);
  const id =
    (remembered && (await insertEvent(tx, event, remembered, as))) ??
    (await insertEvent(tx, event, await ensureAccountKey(tx, keyring, event.accountId), as));
  if (id === undefined) throw new Error('The audit key of an account is gone');
  await noteRevocation(tx, id, event);
}

/** Inserts the event where the account still has this key; undefined where it has not. @returns the row's id */
async function insertEvent(
  tx: Tx,
  event: AuditEvent,
  { key, sealed }: AccountKey,
  as: AuditRowOf | undefined,
): Promise<string | undefined> {
  const { id, at, account_id, body, leaf, commitment } = auditRow(event, key, as);
  const result = await sql`
    with written as (
      insert into audit (id, at, account_id, body, leaf, commitment)
      select ${id}::uuid, ${at}::timestamptz, ${account_id}::uuid, ${body}::bytea, ${leaf}::bytea, ${commitment}::bytea
      where exists (select from audit_key where account_id = ${account_id} and key_sealed = ${sealed})
      returning id
    )
    insert into audit_pending (id) select id from written`.execute(tx);
  return result.numAffectedRows === 1n ? id : undefined;
}

/** The row of an event: its body encrypted under the account's key, and the leaf of that. */
export function auditRow(event: AuditEvent, key: Buffer, as?: AuditRowOf): Tables['audit'] {
  const { id, commitment } = as ?? { id: uuidv7(event.at.getTime()), commitment: null };
  const { type, actor, client, details } = event;
  const plain = Buffer.from(JSON.stringify({ type, actor, client, details }));
  const body = encrypt(key, plain, contextOf(id, event.accountId));
  const row = { id, at: event.at, account_id: event.accountId, body, commitment };
  return { ...row, leaf: leafOf(row) };
}

/**
 * The events of an account, oldest first, each checked against its leaf.
 *
 * @throws AuditBroken when a row was changed or the account's key was destroyed
 */
export async function readAudit(db: Db | Tx, keyring: Keyring, accountId: string): Promise<AuditRecord[]> {
  const account = await findAccountKey(db, keyring, accountId);
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();
  return rows.map((row) => openRow(row, account?.key));
}

/** @throws AuditBroken when it is not what was written, or the key is another */
export function openRow(row: AuditRow & { leaf: Buffer }, key: Buffer | undefined): AuditRecord {
  if (!constantTimeEqual(leafOf(row), row.leaf))
    throw new AuditBroken(row.id, 'not what its leaf was made of');
  const plain = key && decrypt(key, row.body, contextOf(row.id, row.account_id));
  if (!plain) throw new AuditBroken(row.id, 'the body does not open');
  const event: Pick<AuditEvent, 'type' | 'actor' | 'client' | 'details'> = JSON.parse(plain.toString('utf8'));
  return { ...event, id: row.id, at: row.at, accountId: row.account_id };
}

function contextOf(id: string, accountId: string): Buffer {
  return lengthPrefixed(['audit', id, accountId]);
}
