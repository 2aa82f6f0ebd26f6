import type { ReceiptOutcome } from '../receipts.ts';
import { fieldReader } from './pdu.ts';

/** What a provider says of a message it took. */
export interface SmppReceipt {
  /** The name it gave the message when it took it. */
  reference: string;
  /** Undefined while it is still under way. */
  outcome: ReceiptOutcome | undefined;
}

/** esm_class of a message that is a receipt (SMPP 3.4 §5.2.12). */
const KIND_BITS = 0x3c;
const RECEIPT = 0x04;
/** Optional parameters (§5.3.2.12, §5.3.2.35). */
const RECEIPTED_MESSAGE_ID = 0x001e;
const MESSAGE_STATE = 0x0427;

/** message_state (§5.2.28) and the words of Appendix B. */
const OUTCOMES: Record<string, ReceiptOutcome> = {
  '2': 'delivered',
  '3': 'expired',
  '4': 'failed',
  '5': 'failed',
  '8': 'failed',
  DELIVRD: 'delivered',
  EXPIRED: 'expired',
  DELETED: 'failed',
  UNDELIV: 'failed',
  REJECTD: 'failed',
};

/**
 * Reads the receipt in a `deliver_sm`: from its options where they are there, else from its text (Appendix B).
 *
 * @returns undefined when it is no receipt, but somebody's answer
 * @throws RangeError when the unit is broken
 */
export function readReceipt(body: Buffer): SmppReceipt | undefined {
  const fields = fieldReader(body);
  fields.cString(); // service_type
  fields.bytes(2);
  fields.cString(); // source_addr
  fields.bytes(2);
  fields.cString(); // destination_addr
  const esmClass = fields.byte();
  fields.bytes(2);
  fields.cString(); // schedule_delivery_time
  fields.cString(); // validity_period
  fields.bytes(4);
  const text = fields.bytes(fields.byte()).toString('latin1');
  const options = fields.options();
  if ((esmClass & KIND_BITS) !== RECEIPT) return undefined;

  const named = options.get(RECEIPTED_MESSAGE_ID)?.toString('latin1').replace(/\0.*$/s, '');
  const reference = named || /(?:^|\s)id:(\S+)/i.exec(text)?.[1];
  const state = options.get(MESSAGE_STATE)?.[0]?.toString() ?? /\sstat:(\w+)/i.exec(text)?.[1]?.toUpperCase();
  return reference && state ? { reference, outcome: OUTCOMES[state] } : undefined;
}
