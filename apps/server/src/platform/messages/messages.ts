import { SECOND_MS } from '../clock/clock.ts';
import type { Tx } from '../database/database.ts';
import { uuidv7 } from '../ids.ts';
import type { Keyring } from '../keyring/keyring.ts';
import type { Channel, WrittenChannel } from './retry-plan.ts';
import { sealMessage } from './sealed-message.ts';
import { checkContent } from './templates/render-message.ts';

/** A message that something in the caller's transaction causes. */
export interface Message {
  channel: WrittenChannel;
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

const LIFETIME_SECONDS: Record<WrittenChannel, number> = { email: 24 * 60 * 60, sms: 10 * 60 };

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

  const { channel, accountId = null, language } = message;
  const lifetimeSeconds = message.lifetimeSeconds ?? LIFETIME_SECONDS[channel];
  const sealed = sealMessage(keyring, id, message);
  await insertMessage(tx, nowMs, { id, channel, accountId, language, lifetimeSeconds, ...sealed });
  return id;
}

/** A notice to the app on one device. It says nothing but which kind it is, and not about what. */
export interface PushNotice {
  accountId: string;
  deviceId: string;
  kind: PushKind;
  /** How long it is worth showing. */
  lifetimeSeconds: number;
}

/**
 * `look`: something asks for its holder. `withdrawn`: what did so is over. `notice`: something happened that the
 * holder shall know. Whoever gets any looks.
 */
export type PushKind = 'look' | 'withdrawn' | 'notice';

/**
 * Queues a notice in the caller's transaction: it is sent if that commits and the device wants notices then.
 *
 * @param nowMs Unix time, in milliseconds
 */
export async function queuePush(tx: Tx, keyring: Keyring, nowMs: number, notice: PushNotice): Promise<void> {
  const { accountId, deviceId, kind, lifetimeSeconds } = notice;
  const id = uuidv7(nowMs);
  await enqueue(tx, keyring, nowMs, { id, channel: 'push' });
  const sealed = sealMessage(keyring, id, { to: deviceId, template: kind, params: {} });
  // The words are the app's own, and so is their language.
  const row = { id, channel: 'push' as const, accountId, language: 'en' as const, lifetimeSeconds };
  await insertMessage(tx, nowMs, { ...row, ...sealed });
}

interface NewRow extends ReturnType<typeof sealMessage> {
  id: string;
  channel: Channel;
  accountId: string | null;
  language: 'it' | 'en';
  lifetimeSeconds: number;
}

async function insertMessage(
  tx: Tx,
  nowMs: number,
  { accountId, lifetimeSeconds, ...row }: NewRow,
): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({
      ...row,
      account_id: accountId,
      state: 'pending',
      attempts: 0,
      last_error: null,
      created_at: new Date(nowMs),
      sent_at: null,
      receipt_at: null,
      expires_at: new Date(nowMs + lifetimeSeconds * SECOND_MS),
    })
    .execute();
}

/** The row of the short queue; answers the id of the one that holds the key already, if one does. */
async function enqueue(
  tx: Tx,
  keyring: Keyring,
  nowMs: number,
  { id, channel, dedupeKey }: { id: string; channel: Channel; dedupeKey?: string },
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
