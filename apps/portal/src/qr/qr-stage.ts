import type { QrTicketView } from '../api/contract.ts';

/** What the holder sees of a ticket. */
export type QrStage =
  | 'picture'
  | 'typed'
  | 'scanned'
  | 'check'
  | 'redeem'
  | 'refused'
  | 'void'
  | 'expired'
  | 'check-failed';

/** Before this the next picture is fetched, so that nobody ever points at one that has expired. */
const RENEW_BEFORE_MS = 10_000;

/** A state is never left for an earlier one, whatever order the answers come in. */
const ORDER: QrTicketView['state'][] = [
  'pending',
  'scanned',
  'approved',
  'used',
  'refused',
  'void',
  'expired',
];

/** What is known of a ticket after one more answer: the picture and the code are only in the one that made them. */
export function learn(known: QrTicketView | undefined, answer: QrTicketView): QrTicketView {
  if (!known) return answer;
  // Somebody asked about the one before: it says nothing about this one.
  if (known.id !== answer.id) return known;
  if (ORDER.indexOf(answer.state) < ORDER.indexOf(known.state)) return known;
  const isNew = answer.text !== null || answer.code !== null;
  // An answer that was asked for before the picture was renewed knows the old deadline.
  if (!isNew && answer.state === 'pending' && answer.redrawsLeft > known.redrawsLeft) return known;
  return isNew ? answer : { ...answer, text: known.text, code: known.code };
}

/** What to show of it now. */
export function stageOf(ticket: QrTicketView, nowMs: number): QrStage {
  switch (ticket.state) {
    case 'pending':
      if (Date.parse(ticket.expiresAt) <= nowMs) return 'expired';
      return ticket.code === null ? 'picture' : 'typed';
    case 'approved':
      return ticket.needsCheck ? 'check' : 'redeem';
    case 'used':
      // Somebody took it in another tab of this browser.
      return 'void';
    default:
      return ticket.state;
  }
}

/**
 * When the next picture is due, in Unix milliseconds; nothing when there will be none: it was scanned, a code is
 * typed instead, or it was renewed often enough that nobody seems to be there.
 */
export function renewalAt(ticket: QrTicketView): number | undefined {
  if (ticket.state !== 'pending' || ticket.code !== null || ticket.redrawsLeft <= 0) return undefined;
  return Date.parse(ticket.expiresAt) - RENEW_BEFORE_MS;
}
