import { type RawBuilder, sql } from 'kysely';
import type { PersonalData } from '../../flows/account/privacy/privacy.ports.ts';
import { readAudit } from '../../platform/audit/audit.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import type { PersonalTable } from './personal-table.ts';
import { PERSONAL_TABLES } from './personal-tables.ts';

type Row = Record<string, unknown>;

/** What is stored about one account, wherever it stands, on PostgreSQL. */
export function personalDataStore(keyring: Keyring): PersonalData {
  return {
    async read(tx, accountId) {
      const all: Record<string, unknown[]> = {};
      for (const [table, spec] of Object.entries(PERSONAL_TABLES))
        if (typeof spec.exported !== 'string')
          all[table] = await readTable(tx, keyring, table, spec, accountId);
      const audit = await readAudit(tx, keyring, accountId);
      all.audit = audit.map(({ accountId: _, ...event }) => event);
      return all;
    },

    erase: eraseAccount,

    forgetMessages: (tx, accountId) => forget(tx, sql`select id from outbox where account_id = ${accountId}`),
  };
}

async function readTable(
  tx: Tx,
  keyring: Keyring,
  table: string,
  { by, exported, opened = {} }: PersonalTable,
  accountId: string,
): Promise<Row[]> {
  const sealed = Object.keys(opened);
  const columns = [...new Set([by, ...exported, ...sealed])];
  const { rows } = await sql<Row>`
    select ${sql.join(columns.map((name) => sql.ref(name)))} from ${sql.table(table)}
    where ${sql.ref(by)} = ${accountId} order by 1`.execute(tx);
  return rows.map((row) => {
    const given = exported as readonly string[];
    const plain = Object.fromEntries(given.map((name) => [name, readable(row[name])]));
    for (const [column, place] of Object.entries(opened)) {
      const value = row[column];
      if (Buffer.isBuffer(value))
        plain[column.replace(/_sealed$/, '')] = unsealed(keyring, value, place(row));
    }
    return plain;
  });
}

const readable = (value: unknown): unknown => (Buffer.isBuffer(value) ? value.toString('base64url') : value);

/** A text, or what a text is the JSON of. */
function unsealed(keyring: Keyring, value: Buffer, place: Parameters<Keyring['open']>[1]): unknown {
  const text = keyring.openText(value, place);
  try {
    return text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text;
  } catch {
    return text;
  }
}

/** What becomes of rows that are not simply deleted. */
const INSTEAD: Record<string, (accountId: string) => RawBuilder<unknown>> = {
  account: (id) =>
    sql`update account set user_id = '', status = 'closed', epoch = epoch + 1 where id = ${id}`,
  identifier: (id) => sql`delete from identifier where account_id = ${id} and kind = 'email'`,
  hardware_token: (id) => sql`
    update hardware_token set state = 'revoked', seed_sealed = null, account_id = null where account_id = ${id}`,
  identity_name: (id) => sql`delete from identity_name where account_id = ${id} and kind = 'fiscal-number'`,
};

async function eraseAccount(tx: Tx, accountId: string): Promise<void> {
  const messages = sql`select id from outbox where account_id = ${accountId}`;
  await forget(tx, messages);
  // Begun before there was an account, they name it by its subject.
  await sql`delete from link_token where subject_id = ${accountId}`.execute(tx);
  for (const [table, { by, erased }] of Object.entries(PERSONAL_TABLES)) {
    if (erased === 'deleted')
      await sql`delete from ${sql.table(table)} where ${sql.ref(by)} = ${accountId}`.execute(tx);
    await INSTEAD[table]?.(accountId).execute(tx);
  }
}

/** Forgets messages, and that any of them was still to be sent. */
async function forget(tx: Tx, messages: RawBuilder<unknown>): Promise<void> {
  await sql`delete from outbox_pending where id in (${messages})`.execute(tx);
  await sql`delete from outbox_dead where id in (${messages})`.execute(tx);
  await sql`delete from sms_receipt where message_id in (${messages})`.execute(tx);
  await sql`delete from outbox where id in (${messages})`.execute(tx);
}
