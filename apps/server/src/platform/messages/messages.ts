import { SECOND_MS } from '../clock/clock.ts';
import type { Tx } from '../database/database.ts';
import { uuidv7 } from '../ids.ts';
import type { Keyring } from '../keyring/keyring.ts';
import type { Channel } from './retry-plan.ts';
import { sealMessage } from './sealed-message.ts';
import { checkContent } from './templates/render-message.ts';

/** A message that something in the caller's transaction causes. */
export interface Message {
  channel: Channel;
  /** A name of `templates/`: `password-changed`, `code`, … */
  template: string;
  /** An e-mail address, or a phone number in E.164 form. */
  to: string;
  language: 'it' | 'en';
  /** Whose message it is, where it is somebody's. */
  accountId?: string;
  /** What the template needs; times as ISO 8601 instants in `when`, places as `local` or ISO 3166 letters. */
  params: Record<string, string>;
  /** How long it is worth sending, in seconds; a day for e-mails and ten minutes for SMS unless given. */
  lifetimeSeconds?: number;
  /** While a message with this key waits to be sent, others with it are dropped. */
  dedupeKey?: string;
}

const LIFETIME_SECONDS: Record<Channel, number> = { email: 24 * 60 * 60, sms: 10 * 60 };

/**
 * Queues a message in the caller's transaction: it is sent if that commits, at least once. What it says and
 * whom it goes to are sealed until then.
 *
 * @param nowMs Unix time, in milliseconds
 * @returns the id of the message, or of the one still waiting that has the same `dedupeKey`
 * @throws Error when there is no such template, or a parameter it needs is missing
 */
export async function queueMessage(
  tx: Tx,
  keyring: Keyring,
  nowMs: number,
  message: Message,
): Promise<string> {
  checkContent(message.channel, message);
  const id = uuidv7(nowMs);
  const waiting = await enqueue(tx, keyring, nowMs, { id, ...message });
  if (waiting !== id) return waiting;

  const lifetimeMs = (message.lifetimeSeconds ?? LIFETIME_SECONDS[message.channel]) * SECOND_MS;
  await tx
    .insertInto('outbox')
    .values({
      id,
      channel: message.channel,
      account_id: message.accountId ?? null,
      language: message.language,
      ...sealMessage(keyring, id, message),
      state: 'pending',
      attempts: 0,
      last_error: null,
      created_at: new Date(nowMs),
      sent_at: null,
      expires_at: new Date(nowMs + lifetimeMs),
    })
    .execute();
  return id;
}

/** The row of the short queue; answers the id of the one that holds the key already, if one does. */
async function enqueue(
  tx: Tx,
  keyring: Keyring,
  nowMs: number,
  { id, channel, dedupeKey }: Message & { id: string },
): Promise<string> {
  const row = await tx
    .insertInto('outbox_pending')
    .values({
      id,
      channel,
      // Hashed: the caller may have put an address into it.
      dedupe_key:
        dedupeKey === undefined ? null : keyring.mac('outbox dedupe', dedupeKey).toString('base64url'),
      due_at: new Date(nowMs),
      leased_until: null,
    })
    // Writes what is there already, so that the row that holds the key is locked and returned.
    .onConflict((conflict) =>
      conflict.column('dedupe_key').doUpdateSet((eb) => ({ dedupe_key: eb.ref('excluded.dedupe_key') })),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}
