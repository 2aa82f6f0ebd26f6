import type { Keyring } from '../keyring/keyring.ts';
import type { MessageContent } from './templates/render-message.ts';

const place = (row: string, column: 'recipient_sealed' | 'content_sealed') => ({
  table: 'outbox',
  row,
  column,
});

/** The sealed columns of a row of the outbox. */
export function sealMessage(
  keyring: Keyring,
  id: string,
  { to, template, params }: MessageContent & { to: string },
): { recipient_sealed: Buffer; content_sealed: Buffer } {
  return {
    recipient_sealed: keyring.seal(to, place(id, 'recipient_sealed')),
    content_sealed: keyring.seal(JSON.stringify({ template, params }), place(id, 'content_sealed')),
  };
}

/** Whom a row of the outbox goes to. @throws SealBroken as `openMessage` does */
export function openRecipient(keyring: Keyring, row: { id: string; recipient_sealed: Buffer }): string {
  return keyring.openText(row.recipient_sealed, place(row.id, 'recipient_sealed'));
}

/**
 * What `sealMessage` sealed.
 *
 * @throws SealBroken when a value was moved or changed
 */
export function openMessage(
  keyring: Keyring,
  row: { id: string; recipient_sealed: Buffer; content_sealed: Buffer },
): { to: string; content: MessageContent } {
  return {
    to: openRecipient(keyring, row),
    content: JSON.parse(keyring.openText(row.content_sealed, place(row.id, 'content_sealed'))),
  };
}
