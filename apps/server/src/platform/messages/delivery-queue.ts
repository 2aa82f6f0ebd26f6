import type { Selectable } from 'kysely';
import { type Db, inTransaction } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import type { Channel } from './retry-plan.ts';

/** A message that this node alone may send until `leasedUntil`. */
export type LeasedMessage = Pick<
  Selectable<Tables['outbox']>,
  | 'id'
  | 'channel'
  | 'account_id'
  | 'language'
  | 'recipient_sealed'
  | 'content_sealed'
  | 'attempts'
  | 'expires_at'
> & { leasedUntil: Date };

/**
 * Takes messages that are due, oldest first, for this node alone. One statement: rows that another node is
 * taking are passed over, and the lease stands when it returns.
 *
 * @param leaseMs how long nobody else may take them, in milliseconds
 */
export async function leaseDue(
  db: Db,
  { channel, now, limit, leaseMs }: { channel: Channel; now: Date; limit: number; leaseMs: number },
): Promise<LeasedMessage[]> {
  if (!(await isAnyDue(db, channel, now))) return [];
  const leasedUntil = new Date(now.getTime() + leaseMs);
  const rows = await db
    .with('due', (qb) =>
      qb
        .selectFrom('outbox_pending')
        .select('id')
        .where('channel', '=', channel)
        .where('due_at', '<=', now)
        .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
        .orderBy('id')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .with('leased', (qb) =>
      qb
        .updateTable('outbox_pending')
        .set({ leased_until: leasedUntil })
        .where('id', 'in', (eb) => eb.selectFrom('due').select('id'))
        .returning('id'),
    )
    .selectFrom('leased')
    .innerJoin('outbox', 'outbox.id', 'leased.id')
    .select([
      'outbox.id',
      'channel',
      'account_id',
      'language',
      'recipient_sealed',
      'content_sealed',
      'attempts',
      'expires_at',
    ])
    .execute();
  return rows.map((row) => ({ ...row, leasedUntil }));
}

/** Asked ten times a second, and answered no nearly as often: much cheaper than to lease nothing. */
async function isAnyDue(db: Db, channel: Channel, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('outbox_pending')
    .select('id')
    .where('channel', '=', channel)
    .where('due_at', '<=', now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Records that a message was sent, whoever holds the lease by now: what is sent must not be sent again.
 *
 * @param keepContent false in production, where what was said is forgotten
 */
export async function settleSent(
  db: Db,
  { id, attempts }: LeasedMessage,
  { now, keepContent }: { now: Date; keepContent: boolean },
): Promise<void> {
  await inTransaction(db, (tx) =>
    tx
      .with('settled', (qb) => qb.deleteFrom('outbox_pending').where('id', '=', id).returning('id'))
      .updateTable('outbox')
      .set({ state: 'sent', sent_at: now, attempts: attempts + 1, last_error: null })
      .$if(!keepContent, (qb) => qb.set({ content_sealed: null }))
      .where('id', 'in', (eb) => eb.selectFrom('settled').select('id'))
      .execute(),
  );
}

/** Gives a message back, to be tried again from `dueAt`. Changes nothing once the lease was lost. */
export async function settleRetry(
  db: Db,
  { id, attempts, leasedUntil }: LeasedMessage,
  { dueAt, reason }: { dueAt: Date; reason: string },
): Promise<void> {
  await inTransaction(db, (tx) =>
    tx
      .with('settled', (qb) =>
        qb
          .updateTable('outbox_pending')
          .set({ due_at: dueAt, leased_until: null })
          .where('id', '=', id)
          .where('leased_until', '=', leasedUntil)
          .returning('id'),
      )
      .updateTable('outbox')
      .set({ attempts: attempts + 1, last_error: reason })
      .where('id', 'in', (eb) => eb.selectFrom('settled').select('id'))
      .execute(),
  );
}

/** Ends a message that was not sent and never will be. Changes nothing once the lease was lost. */
export async function settleUnsent(
  db: Db,
  { id, attempts, leasedUntil }: LeasedMessage,
  { state, reason, keepContent }: { state: 'dead' | 'expired'; reason: string; keepContent: boolean },
): Promise<void> {
  await inTransaction(db, (tx) =>
    tx
      .with('settled', (qb) =>
        qb
          .deleteFrom('outbox_pending')
          .where('id', '=', id)
          .where('leased_until', '=', leasedUntil)
          .returning('id'),
      )
      .updateTable('outbox')
      .set({ state, attempts, last_error: reason })
      .$if(!keepContent, (qb) => qb.set({ content_sealed: null }))
      .where('id', 'in', (eb) => eb.selectFrom('settled').select('id'))
      .execute(),
  );
}
