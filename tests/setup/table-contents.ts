import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../../apps/server/src/platform/database/database.ts';

/** Every table of a database; partitioned ones as a whole. */
export async function tablesOf(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
    order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

/** Rows that a request may leave behind without having done anything. */
const LEFT_BEHIND: Record<string, string> = {
  rate_limit: 'tries are counted whatever comes of them',
  sms_spending: 'paid before anything is sent',
  sms_confirmation: 'counted by itself, a while later',
  attempt_bucket: 'tries are counted before they are judged',
  ceremony: 'counts for nothing until something is proven in it, and expires',
  party: 'belongs to a ceremony',
  device_nonce: 'burnt before the request it came with is looked at',
  operation: 'is not carried out until it is approved, and expires',
  signing_key: 'keys are made by themselves when their time comes',
  dev_setting: 'belongs to the tests',
  audit_pending: 'the audit is sealed by itself; its rows are looked at',
  audit_position: 'the audit is sealed by itself',
  audit_block: 'the audit is sealed by itself',
  audit_head: 'the audit is sealed by itself',
  audit_checkpoint: 'the audit is sealed by itself',
  identity_agenda: 'what is due is looked at by itself',
  data_export: 'what was asked for is made by itself',
  data_export_due: 'what was asked for is made by itself',
  revocation_pending: 'what was revoked is written elsewhere by itself',
};

/**
 * Every row that matters, by table: what a request that failed or was refused leaves as it was, but for when
 * something was last used and how often it was tried. Waits until messages have been sent and copies
 * of data made, which happens by itself.
 */
export async function lastingState(db: Db): Promise<Map<string, string[]>> {
  await messagesSent(db);
  const state = new Map<string, string[]>();
  for (const table of await tablesOf(db)) {
    if (table in LEFT_BEHIND) continue;
    const { rows } = await sql<{ row: string }>`
      select (to_jsonb(t) - 'last_seen_at' - 'tries')::text as row from ${sql.table(table)} t order by 1`.execute(
      db,
    );
    state.set(
      table,
      rows.map(({ row }) => row),
    );
  }
  return state;
}

async function messagesSent(db: Db): Promise<void> {
  // A node that was killed keeps what it was sending for half a minute.
  for (let waited = 0; waited < 800; waited++) {
    const messages = await db.selectFrom('outbox_pending').select('id').limit(1).execute();
    const exports = await db.selectFrom('data_export_due').select('id').limit(1).execute();
    if (messages.length + exports.length === 0) return;
    await sleep(50);
  }
  throw new Error('messages wait for ever');
}
