import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { ENDINGS } from './restored.store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

/** Tables whose rows may stand as the backup has them, and why that opens nothing. */
const STAYS: Record<string, string> = {
  contact: 'an address is proven for good, and a lock ends later at most',
  contact_change: 'its link is among those that are over',
  password_past: 'refuses, and lets nothing in',
  password_reminder: 'says what was sent',
  authenticator: 'what was removed since is removed again by what was published; codes are spent until now',
  operator: 'whoever was removed since is removed again by what was published',
  operator_case:
    'a decision since the backup is made again by whoever decided it, as docs/operations/backup.md says',
  case_event: 'is the record',
  hardware_token: 'what was removed since is removed again by what was published; codes are spent until now',
  identity: 'what was revoked since is revoked again by what was published, as what rests with its account',
  identity_cause: 'keeps an identity at rest',
  identity_move: 'is the record',
  identity_agenda: 'says when to look; what was announced is announced once more at most',
  credential_event: 'is the record',
  account_hold: 'keeps an account at rest; what was set since is set again by what was published',
  emergency_link: 'suspends, and opens nothing',
  activation_contract: 'is kept as it was made',
  residence: 'says where somebody lived when',
  recovery_code: 'what was used or made since is void by what was published',
  device: 'what was removed, frozen or locked since is so again by what was published',
  consent: 'what was revoked since is revoked again by what was published',
  operation_unit: 'is worth what its operation is, which is over',
  approval: 'is worth what its operation is, which is over',
  evidence: 'is worth what its ceremony is, which is abandoned',
  session_client: 'is worth what its session is, which has ended',
  attempt_bucket: 'refuses, and lets nothing in',
  recognised_browser: 'lifts a lock-out, and is no evidence',
  outbox: 'what was to be sent stands in outbox_pending',
  outbox_dead: 'goes by command alone, and what it says a code or link is good for is over',
  sms_receipt: 'names a message by what its provider calls it',
  sms_spending: 'refuses, and lets nothing in',
  sms_confirmation: 'counts',
  sms_stopped_prefix: 'refuses, and lets nothing in',
  relying_party: 'who removed one since does so again, as docs/operations/backup.md says',
  signing_key: 'is published; who took one out of use since does so again, as docs/operations/backup.md says',
  logout_notice: 'tells a portal that a session ended: once more does no harm',
  logout_dead: 'tells, by command, a portal that a session ended',
  audit: 'is the record',
  audit_block: 'is the record',
  audit_head: 'is the record; what was lost is declared',
  access_event: 'is the record',
  data_export: 'opens to its holder alone, who may ask again',
  data_export_due: 'is made once more at most',
  erasure: 'goes on; what was asked for, stopped or done since is so again by what was published',
  erasure_due: 'goes on with it',
  retained_record: 'is the record',
  case_file: 'is what was handed in; it is destroyed on its day',
  past_number: 'finds what is kept',
  notice: 'tells the holder what happened',
  access_count: 'counts',
  policy_rehearsal: 'counts; whoever wants to know does it again',
  audit_check: 'says when the record was last computed again',
  installation_brand: 'is how the installation looks; who changed it since does so again',
  rate_limit: 'refuses, and lets nothing in',
  schema_migration: 'is the record of migrations',
};

/** Times that only say when something happened, of rows that are otherwise for good. */
const RECORDS = ['created_at', 'updated_at', 'last_seen_at', 'last_used_at'];

async function tablesThatMayBeOpen(): Promise<string[]> {
  const { rows } = await sql<{ table: string }>`
    select distinct c.relname as table from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p') and not c.relispartition
    where c.relnamespace = current_schema()::regnamespace and a.attnum > 0 and not a.attisdropped
      and (a.attname in ('state', 'status', 'uses_left', 'epoch')
        or (a.atttypid in ('timestamptz'::regtype, 'date'::regtype) and a.attname <> all(${RECORDS}::text[])))
    order by 1`.execute(database.db);
  return rows.map(({ table }) => table);
}

test('[AVL-5] every table that may hold something open is ended by a restore, or it is said why not', async () => {
  const found = await tablesThatMayBeOpen();
  const decided = [...Object.keys(ENDINGS), ...Object.keys(STAYS)];
  expect(found.filter((table) => !decided.includes(table))).toEqual([]);
  expect(Object.keys(STAYS).filter((table) => table in ENDINGS)).toEqual([]);
  const { rows } = await sql<{ table: string }>`select tablename as table from pg_tables`.execute(
    database.db,
  );
  const known = rows.map(({ table }) => table);
  expect(
    decided.filter((table) => !known.includes(table)),
    'tables that are not there',
  ).toEqual([]);
});
