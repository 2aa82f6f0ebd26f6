import { romeDayOf } from '@sigillo/identity';
import { passwordEnd } from '../factors/password/identity-password.ts';
import type { Prover } from '../gate/model.ts';
import { notifyHolder } from '../gate/notices.ts';
import type { Gate } from '../gate/ports.ts';
import { DAY_MS } from '../platform/clock/clock.ts';
import type { Tx } from '../platform/database/database.ts';

/** Reminders of a password's end that went out, by the password they were of. */
export interface PasswordReminders {
  /** False when this one went out already. Forgets those of earlier passwords. */
  record(tx: Tx, accountId: string, sent: { chosenAt: Date; days: number; at: Date }): Promise<boolean>;
}

/** Days before the end on which its holder is told, as of everything that ends ([SPID-NTF-3]). */
const DAYS = [90, 30, 10, 1] as const;
/**
 * Where nothing is to be told, somebody looks again: sooner than the first day on which a password that was chosen
 * meanwhile is spoken of.
 */
const LOOK_AGAIN_DAYS = 30;

const reminderOf = (end: Date, days: number): Date => new Date(end.getTime() - days * DAY_MS);

/** When a password that was chosen then is first spoken of. */
export const firstReminder = (chosenAt: Date): Date => reminderOf(passwordEnd(chosenAt), DAYS[0]);

/**
 * Tells the holder of an identity, by e-mail and mobile, that the password ends ([SPID-CRD-2]): on each of the days
 * once, and once for all that were missed. The account is locked.
 *
 * @returns when to look again
 */
export async function remindOfPassword(
  { gate, passwordReminders }: { gate: Gate; passwordReminders: PasswordReminders },
  tx: Tx,
  prover: Prover,
): Promise<Date> {
  const at = gate.clock.now();
  const later = new Date(at.getTime() + LOOK_AGAIN_DAYS * DAY_MS);
  const password = prover.authenticators.find(({ method }) => method === 'password');
  if (!password) return later;
  const { createdAt: chosenAt } = password;
  const end = passwordEnd(chosenAt);
  if (end <= at) return later;
  const days = DAYS.findLast((one) => reminderOf(end, one) <= at);
  if (days !== undefined && (await passwordReminders.record(tx, prover.id, { chosenAt, days, at }))) {
    const params = { day: romeDayOf(end.getTime()) };
    await notifyHolder(gate, tx, prover, null, { template: 'password-ending', params, bySms: true });
  }
  const next = DAYS.find((one) => reminderOf(end, one) > at);
  return next === undefined ? later : reminderOf(end, next);
}
