import { sendLater } from '../../../gate/gate.problems.ts';
import { mayMail } from '../../../gate/mail-limit.ts';
import type { Prover } from '../../../gate/model.ts';
import { notifyHolder } from '../../../gate/notices.ts';
import type { Gate } from '../../../gate/ports.ts';
import { endEverything } from '../../../gate/sessions.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { confirmedEmail, type ResetLinkPorts, sendResetLink } from '../../../recovery/reset-link.ts';
import { holderNotReachable } from './holders.problems.ts';

/** What the holder is told of it. */
const STARTED = {
  password: 'recovery-started-password',
  'second-factor': 'recovery-started-second-factor',
} as const;

/** What a holder has lost: the way back is another one. */
export const LOST = ['password', 'second-factor'] as const;
export type Lost = (typeof LOST)[number];

/** The mailbox had its letter a moment ago. */
const WAIT_SECONDS = 30;

/**
 * Starts a recovery for a holder, and does no step of it: what is needed goes to the holder's own confirmed address,
 * and the recovery asks of them whatever it asks of everybody ([REC-4], [REC-8]).
 *
 * @throws holderNotReachable, sendLater
 */
export async function startRecovery(
  ports: ResetLinkPorts,
  tx: Tx,
  holder: Prover,
  lost: Lost,
): Promise<void> {
  const { gate } = ports;
  const contact = holder.status === 'active' ? confirmedEmail(holder) : undefined;
  if (!contact) throw holderNotReachable();
  if (!mayMail(gate, contact.address)) throw sendLater({ retryAfterSeconds: WAIT_SECONDS });
  if (lost === 'password') await sendResetLink(ports, tx, { prover: holder, contact });
  await notifyHolder(gate, tx, holder, null, { template: STARTED[lost] });
}

/** Ends every session of a holder, and whatever hangs on them, on every node ([SES-5]). */
export async function endHolderSessions(gate: Gate, tx: Tx, holder: Prover): Promise<void> {
  await gate.accounts.lock(tx, holder.id);
  await endEverything(gate, tx, holder.id);
  await notifyHolder(gate, tx, holder, null, { template: 'sessions-ended-by-desk' });
}
