import { DAY_MS } from '../clock/clock.ts';
import { type Db, inTransaction, type Tx } from '../database/database.ts';
import { statesBefore } from './outbox-states.ts';

/** What a provider says became of an SMS that it took. It is no evidence of anything: who delivers may lie. */
export type ReceiptOutcome = 'delivered' | 'failed' | 'expired';

/** So long a provider may take for its receipt. */
const RECEIPT_MS = 3 * DAY_MS;

/** Remembers by which name receipts will speak of a message, in the transaction that records its sending. */
export async function expectReceipt(
  tx: Tx,
  { reference, messageId, now }: { reference: string; messageId: string; now: Date },
): Promise<void> {
  await tx
    .insertInto('sms_receipt')
    .values({ reference, message_id: messageId, expires_at: new Date(now.getTime() + RECEIPT_MS) })
    // A provider that begins its numbers anew: the newest message has the name.
    .onConflict((conflict) =>
      conflict.column('reference').doUpdateSet((eb) => ({
        message_id: eb.ref('excluded.message_id'),
        expires_at: eb.ref('excluded.expires_at'),
      })),
    )
    .execute();
}

/** The message a provider calls so; undefined when none does, or not yet. */
export async function messageOf(db: Db, reference: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('sms_receipt')
    .select('message_id')
    .where('reference', '=', reference)
    .executeTakeFirst();
  return row?.message_id;
}

/**
 * Records what became of a message, once: a receipt that comes again, or after another one, changes nothing.
 *
 * @returns whether it was the first
 */
export async function recordReceipt(
  db: Db,
  messageId: string,
  outcome: ReceiptOutcome,
  now: Date,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    // As those who send do it: the queue first, so that two transactions never wait for one another.
    await tx.selectFrom('outbox_pending').select('id').where('id', '=', messageId).forUpdate().execute();
    const result = await tx
      .updateTable('outbox')
      .set((eb) => ({
        state: outcome,
        receipt_at: now,
        sent_at: eb.fn.coalesce('sent_at', eb.val(now)),
      }))
      .where('id', '=', messageId)
      .where('channel', '=', 'sms')
      .where('state', 'in', statesBefore(outcome))
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) return false;
    await tx.deleteFrom('outbox_pending').where('id', '=', messageId).execute();
    return true;
  });
}

/** Forgets names of which nothing is expected any more. */
export async function forgetOldReceipts(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('sms_receipt').where('expires_at', '<=', now).execute();
}
