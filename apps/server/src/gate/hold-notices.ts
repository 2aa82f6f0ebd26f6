import type { Tx } from '../platform/database/database.ts';
import type { ClientInfo } from '../platform/http/client-info.ts';
import type { Hold, HoldCause } from './hold.ts';
import type { Prover } from './model.ts';
import { type Notice, notifyHolder } from './notices.ts';
import type { Gate } from './ports.ts';

/** Causes for which an account rests because its holder asked for it. */
const RECEIVED: ReadonlySet<HoldCause> = new Set<HoldCause>(['holder-request', 'lost-credential']);

type Reader = Pick<Prover, 'id' | 'language' | 'contacts'>;

/** That the account rests, why, until when, and how to lift it. */
export function noticeSuspended(
  gate: Gate,
  tx: Tx,
  prover: Reader,
  { cause, until, setBy, reason }: Hold,
  client?: ClientInfo,
): Promise<void> {
  // Whose request an operator has received is told that it was ([SPID-IDL-6]), and how it came.
  const isReceived = setBy === 'operator' && RECEIVED.has(cause) && reason !== null;
  const received = isReceived ? { receivedBy: reason } : {};
  const params = { cause, ...(until && { untilWhen: until.toISOString() }), ...received };
  return tell(gate, tx, prover, client, { template: 'account-suspended', params });
}

/** That the account is active again. */
export function noticeLifted(gate: Gate, tx: Tx, prover: Reader, client?: ClientInfo): Promise<void> {
  return tell(gate, tx, prover, client, { template: 'suspension-lifted' });
}

/** That the time is over and the account rests on: what is not as sure as before, and what to do. */
export function noticeKept(gate: Gate, tx: Tx, prover: Reader, doubts: readonly string[]): Promise<void> {
  const params = { doubts: doubts.join(' ') };
  return tell(gate, tx, prover, undefined, { template: 'suspension-kept', params });
}

/** By every channel that reaches the holder: mail, apps and SMS. @param client where nobody asked: left out */
const tell = (gate: Gate, tx: Tx, prover: Reader, client: ClientInfo | undefined, notice: Notice) =>
  notifyHolder(gate, tx, prover, client ? { client } : null, {
    ...notice,
    bySms: gate.factors.has('sms-code'),
  });
