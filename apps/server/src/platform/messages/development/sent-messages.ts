import type { Clock } from '../../clock/clock.ts';
import type { Db } from '../../database/database.ts';
import type { Keyring } from '../../keyring/keyring.ts';
import type { PushKind } from '../messages.ts';
import { pushPayload } from '../push-notifier.ts';
import type { Channel } from '../retry-plan.ts';
import { openMessage, openRecipient } from '../sealed-message.ts';
import type { MessageRenderer } from '../templates/render-message.ts';

/** A message as its reader got it. */
export interface SentMessage {
  id: string;
  channel: Channel;
  /** An address, a number, or the id of a device. */
  to: string;
  /** Null for an SMS; of a notice, what the app makes of it. */
  subject: string | null;
  text: string;
  /** Null for all but e-mails. */
  html: string | null;
  /** ISO 8601. */
  sentAt: string;
}

export interface SentMessagePorts {
  db: Db;
  keyring: Keyring;
  renderer: MessageRenderer;
  clock: Clock;
}

export interface SentMessageFilter {
  channel?: Channel | undefined;
  /** The whole recipient, in any case. */
  to?: string | undefined;
  /** Only what was sent after the message with this id, or after this moment. */
  after?: string | Date | undefined;
}

/** A notice has no words: the app finds its own. */
const NOTICES: Record<PushKind, string> = {
  look: 'Something is waiting for your answer',
  withdrawn: 'What was waiting is over',
  notice: 'Something happened that you should know',
};

/** How far back anybody looks. */
const WINDOW = 1_000;
const MOST = 200;

/**
 * The messages that were sent, newest last; at most the 200 newest. One that is dated later than now was sent
 * before the development clock was set back, and counts as older than all others.
 */
export async function sentMessages(
  { db, keyring, renderer, clock }: SentMessagePorts,
  { channel, to, after }: SentMessageFilter,
): Promise<SentMessage[]> {
  const now = clock.now();
  const newest = sentRows(db).orderBy('id', 'desc').limit(WINDOW);
  const fromFuture = complete(await newest.where('sent_at', '>', now).execute());
  const inOrder = [...fromFuture, ...complete(await newest.where('sent_at', '<=', now).execute())];

  const start = inOrder.findIndex((row) => row.id === after) + 1;
  return inOrder
    .slice(start)
    .filter((row) => !(after instanceof Date) || row.sent_at > after)
    .filter((row) => channel === undefined || row.channel === channel)
    .filter((row) => to === undefined || openRecipient(keyring, row).toLowerCase() === to.toLowerCase())
    .slice(-MOST)
    .map((row) => written(row, openMessage(keyring, row), renderer));
}

/** One message that was sent, or undefined. */
export async function sentMessage(ports: SentMessagePorts, id: string): Promise<SentMessage | undefined> {
  const [row] = complete(await sentRows(ports.db).where('id', '=', id).execute());
  return row && written(row, openMessage(ports.keyring, row), ports.renderer);
}

function sentRows(db: Db) {
  return db
    .selectFrom('outbox')
    .select(['id', 'channel', 'language', 'recipient_sealed', 'content_sealed', 'sent_at'])
    .where('sent_at', 'is not', null);
}

type SentRow = ReturnType<typeof complete>[number];

/** Those whose content was kept, in the order they were sent. */
function complete(rows: Awaited<ReturnType<ReturnType<typeof sentRows>['execute']>>) {
  return rows
    .flatMap(({ content_sealed, sent_at, ...row }) =>
      content_sealed && sent_at ? [{ ...row, content_sealed, sent_at }] : [],
    )
    .sort((a, b) => a.sent_at.getTime() - b.sent_at.getTime() || (a.id < b.id ? -1 : 1));
}

function written(
  row: SentRow,
  { to, content }: ReturnType<typeof openMessage>,
  renderer: MessageRenderer,
): SentMessage {
  const { id, channel, language } = row;
  const sent = { id, channel, to, sentAt: row.sent_at.toISOString() };
  if (channel === 'push') {
    const kind = content.template as PushKind;
    return { ...sent, subject: NOTICES[kind], text: pushPayload(kind), html: null };
  }
  if (channel === 'sms') return { ...sent, subject: null, text: renderer.sms(content, language), html: null };
  const { subject, text, html } = renderer.email(content, language);
  return { ...sent, subject, text, html };
}
