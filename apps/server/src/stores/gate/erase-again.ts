import { sql } from 'kysely';
import type { Tx } from '../../platform/database/database.ts';
import { uuidv7 } from '../../platform/ids.ts';

/**
 * Closes an account that its holder wanted erased since the backup, and has it deleted then; at once where it was deleted
 * already. One that is not in the backup is not there either way.
 */
export async function eraseAgain(tx: Tx, accountId: string, now: Date, beginsAt: Date): Promise<void> {
  await sql`update account set status = 'closed' where id = ${accountId}`.execute(tx);
  const waiting = sql`account_id = ${accountId} and state = 'waiting'`;
  await sql`update erasure set begins_at = least(begins_at, ${beginsAt}) where ${waiting}`.execute(tx);
  await sql`
    insert into erasure (account_id, id, state, requested_at, begins_at)
    select id, ${uuidv7(now.getTime())}, 'waiting', ${now}, ${beginsAt} from account
    where id = ${accountId}
      and not exists (select from erasure where account_id = ${accountId} and state <> 'cancelled')`.execute(
    tx,
  );
  await sql`
    insert into erasure_due (account_id, erasure_id, due_at)
    select account_id, id, begins_at from erasure where ${waiting}
    on conflict (account_id) do update set due_at = least(erasure_due.due_at, excluded.due_at)`.execute(tx);
}

/** The holder thought better of it since the backup: nothing is deleted. */
export async function keepAgain(tx: Tx, accountId: string, now: Date): Promise<void> {
  const { numAffectedRows = 0n } = await sql`
    update erasure set state = 'cancelled', ended_at = ${now}
    where account_id = ${accountId} and state = 'waiting'`.execute(tx);
  if (numAffectedRows === 0n) return;
  await sql`delete from erasure_due where account_id = ${accountId}`.execute(tx);
  await sql`update account set status = 'active' where id = ${accountId} and status = 'closed'`.execute(tx);
}
