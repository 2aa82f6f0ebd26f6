import { sql } from 'kysely';
import { DAY_MS } from '../clock/clock.ts';
import { type Db, inTransaction, type Tx } from '../database/database.ts';
import { statesBefore } from './outbox-states.ts';
import type { Channel } from './retry-plan.ts';

/** A message that was given up. Whom it goes to and what it says is not told. */
export interface DeadLetter {
  id: string;
  channel: Channel;
  attempts: number;
  reason: string | null;
  diedAt: Date;
  expiresAt: Date;
}

/** As long as the messages themselves. */
const KEPT_MS = 30 * DAY_MS;
const MOST = 1_000;

/** Messages that were given up, newest first; a thousand at most. */
export async function deadLetters(db: Db): Promise<DeadLetter[]> {
  const rows = await db
    .selectFrom('outbox_dead')
    .innerJoin('outbox', 'outbox.id', 'outbox_dead.id')
    .select(['outbox.id', 'channel', 'attempts', 'last_error', 'died_at', 'outbox_dead.expires_at'])
    .orderBy('outbox.id', 'desc')
    .limit(MOST)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    attempts: row.attempts,
    reason: row.last_error,
    diedAt: row.died_at,
    expiresAt: row.expires_at,
  }));
}

/** `retryDeadLetterIn`, in a transaction of its own. */
export const retryDeadLetter = (db: Db, id: string, now: Date): Promise<boolean> =>
  inTransaction(db, (tx) => retryDeadLetterIn(tx, id, now));

/**
 * Puts a message that was given up back into the queue, once, and never after its time.
 *
 * @returns false when it is over, or is not given up any more
 */
export async function retryDeadLetterIn(tx: Tx, id: string, now: Date): Promise<boolean> {
  const found = await tx
    .deleteFrom('outbox_dead')
    .where('id', '=', id)
    .where('expires_at', '>', now)
    .where('forgotten', '=', false)
    .returning('id')
    .executeTakeFirst();
  if (!found) return false;
  const row = await tx
    .updateTable('outbox')
    .set({ state: 'pending', attempts: 0 })
    .where('id', '=', id)
    .where('state', 'in', statesBefore('pending'))
    .returning('channel')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('outbox_pending')
    .values({ id, channel: row.channel, dedupe_key: null, due_at: now, leased_until: null })
    .execute();
  return true;
}

/** The recipient of a message that may still be sent again, sealed. */
export async function sealedRecipient(
  db: Db,
  id: string,
): Promise<{ id: string; channel: Channel; recipient_sealed: Buffer } | undefined> {
  return db
    .selectFrom('outbox')
    .select(['id', 'channel', 'recipient_sealed'])
    .where('id', '=', id)
    .where('state', '=', 'dead')
    .executeTakeFirst();
}

/** Forgets what messages said whose time is over: nobody sends them any more. */
export async function forgetDeadLetters(db: Db, now: Date): Promise<void> {
  await sql`
    with over as (
      update outbox_dead set forgotten = true where expires_at <= ${now} and not forgotten returning id
    )
    update outbox set content_sealed = null where id in (select id from over)`.execute(db);
  await db
    .deleteFrom('outbox_dead')
    .where('died_at', '<', new Date(now.getTime() - KEPT_MS))
    .execute();
}
