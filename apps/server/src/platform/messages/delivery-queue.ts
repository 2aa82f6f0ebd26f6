import { type Selectable, sql } from 'kysely';
import { type Db, inTransaction } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import { statesBefore } from './outbox-states.ts';
import { expectReceipt } from './receipts.ts';
import { CHANNELS, type Channel } from './retry-plan.ts';

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
  | 'created_at'
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
      'created_at',
      'expires_at',
    ])
    .execute();
  return rows.map((row) => ({ ...row, leasedUntil }));
}

/**
 * Those for which something is due, or is being sent. Asked several times a second, and answered with none nearly as
 * often: much cheaper than to lease nothing from each.
 */
export async function channelsDue(db: Db, now: Date): Promise<Channel[]> {
  const { rows } = await sql<{ channel: Channel }>`
    select channel from unnest(${CHANNELS}::text[]) as channel
    where exists (select from outbox_pending where outbox_pending.channel = channel.channel and due_at <= ${now})`.execute(
    db,
  );
  return rows.map(({ channel }) => channel);
}

/**
 * Records that a message was sent, whoever holds the lease by now: what is sent must not be sent again.
 *
 * @param keepContent false in production, where what was said is forgotten
 */
export async function settleSent(
  db: Db,
  { id, attempts }: LeasedMessage,
  { now, keepContent, reference }: { now: Date; keepContent: boolean; reference: string | undefined },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (reference !== undefined) await expectReceipt(tx, { reference, messageId: id, now });
    await tx
      .with('settled', (qb) => qb.deleteFrom('outbox_pending').where('id', '=', id).returning('id'))
      .updateTable('outbox')
      .set({ state: 'sent', sent_at: now, attempts: attempts + 1, last_error: null })
      .$if(!keepContent, (qb) => qb.set({ content_sealed: null }))
      .where('id', 'in', (eb) => eb.selectFrom('settled').select('id'))
      .where('state', 'in', statesBefore('sent'))
      .execute();
  });
}

/** Gives a message back, to be tried again from `dueAt`. Changes nothing once the lease was lost. */
export async function settleRetry(
  db: Db,
  { id, leasedUntil }: LeasedMessage,
  { dueAt, reason, attempts }: { dueAt: Date; reason: string; attempts: number },
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
      .set({ attempts, last_error: reason })
      .where('id', 'in', (eb) => eb.selectFrom('settled').select('id'))
      .execute(),
  );
}

/** How a message ends that was not sent. */
export interface Unsent {
  state: 'dead' | 'expired';
  reason: string;
  keepContent: boolean;
  now: Date;
}

/** Ends a message that was not sent. Changes nothing once the lease was lost. */
export async function settleUnsent(
  db: Db,
  { id, channel, attempts, leasedUntil, expires_at }: LeasedMessage,
  { state, reason, keepContent, now }: Unsent,
): Promise<void> {
  // Of what nobody will send again, nothing is kept.
  const mayBeRetried = state === 'dead' && channel !== 'push' && expires_at > now;
  await inTransaction(db, (tx) =>
    tx
      .with('settled', (qb) =>
        qb
          .deleteFrom('outbox_pending')
          .where('id', '=', id)
          .where('leased_until', '=', leasedUntil)
          .returning('id'),
      )
      .with('kept', (qb) =>
        qb
          .insertInto('outbox_dead')
          .columns(['id', 'died_at', 'expires_at', 'forgotten'])
          .expression((eb) =>
            eb
              .selectFrom('settled')
              .select((it) => [
                'settled.id',
                it.cast<Date>(it.val(now), 'timestamptz').as('died_at'),
                it.cast<Date>(it.val(expires_at), 'timestamptz').as('expires_at'),
                it.cast<boolean>(it.val(!mayBeRetried), 'boolean').as('forgotten'),
              ])
              .where((it) => it.lit(state === 'dead' && channel !== 'push')),
          ),
      )
      .updateTable('outbox')
      .set({ state, attempts, last_error: reason })
      .$if(!keepContent && !mayBeRetried, (qb) => qb.set({ content_sealed: null }))
      .where('id', 'in', (eb) => eb.selectFrom('settled').select('id'))
      .execute(),
  );
}
