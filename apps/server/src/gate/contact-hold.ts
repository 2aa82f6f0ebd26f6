import type { Tx } from '../platform/database/database.ts';
import type { ContactChanges } from './account-ports.ts';

const HOLD_SECONDS = 24 * 60 * 60;

/**
 * Until when sensitive things wait that somebody who has just taken a contact over would want: a reset of the PIN for
 * signing, an export of the account's data ([REC-6]). A day after the last change of a contact.
 *
 * @returns undefined when nothing has to wait
 */
export async function heldUntil(
  ports: { changes: Pick<ContactChanges, 'changedAt'>; clock: { now(): Date } },
  tx: Tx,
  accountId: string,
): Promise<Date | undefined> {
  const changedAt = await ports.changes.changedAt(tx, accountId);
  const until = changedAt && new Date(changedAt.getTime() + HOLD_SECONDS * 1000);
  return until && until > ports.clock.now() ? until : undefined;
}
