import { sql } from 'kysely';
import type { Deliveries, Delivery, HourCount } from '../../flows/console/deliveries/deliveries.service.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { uuidv7Floor } from '../../platform/ids.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { retryDeadLetterIn } from '../../platform/messages/dead-letters.ts';
import { openRecipient } from '../../platform/messages/sealed-message.ts';

/** What was queued and what became of it, without what it says. */
export function deliveryStore(keyring: Keyring): Deliveries {
  return {
    async list(tx, { channel, state, since, until }, before, most) {
      const end = uuidv7Floor(until.getTime());
      let wanted = rows(tx)
        .where('outbox.id', '>=', uuidv7Floor(since.getTime()))
        .where('outbox.id', '<', before !== undefined && before < end ? before : end);
      if (channel) wanted = wanted.where('channel', '=', channel);
      if (state) wanted = wanted.where('state', '=', state);
      const found = await wanted.orderBy('outbox.id', 'desc').limit(most).execute();
      return found.map((row) => deliveryOf(keyring, row));
    },

    async find(tx, id) {
      const row = await rows(tx).where('outbox.id', '=', id).executeTakeFirst();
      return row && deliveryOf(keyring, row);
    },

    countByHour,
    retry: retryDeadLetterIn,
  };
}

const rows = (tx: Tx) =>
  tx
    .selectFrom('outbox')
    .select([
      'outbox.id',
      'channel',
      'state',
      'recipient_sealed',
      'attempts',
      'last_error',
      'created_at',
      'sent_at',
      'receipt_at',
      'outbox.expires_at',
    ]);

type Row = Pick<
  Tables['outbox'],
  | 'id'
  | 'channel'
  | 'state'
  | 'recipient_sealed'
  | 'attempts'
  | 'last_error'
  | 'created_at'
  | 'sent_at'
  | 'receipt_at'
  | 'expires_at'
>;

const deliveryOf = (keyring: Keyring, row: Row): Delivery => ({
  id: row.id,
  channel: row.channel,
  state: row.state,
  recipient: openRecipient(keyring, row),
  attempts: row.attempts,
  reason: row.last_error,
  createdAt: row.created_at,
  sentAt: row.sent_at,
  receiptAt: row.receipt_at,
  expiresAt: row.expires_at,
});

async function countByHour(tx: Tx, since: Date, until: Date): Promise<HourCount[]> {
  const { rows: counted } = await sql<HourCount>`
    select date_trunc('hour', created_at, 'UTC') as hour, channel, state, count(*) as count
    from outbox
    where id >= ${uuidv7Floor(since.getTime())} and id < ${uuidv7Floor(until.getTime())}
    group by 1, 2, 3 order by 1, 2, 3`.execute(tx);
  return counted;
}
