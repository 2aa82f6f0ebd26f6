import { NOBODY, writeAudit } from '../../../platform/audit/audit.ts';
import type { Revocation } from '../../../platform/audit/revocations.ts';
import type { Clock } from '../../../platform/clock/clock.ts';
import { type Db, inTransaction, type Tx } from '../../../platform/database/database.ts';
import type { Keyring } from '../../../platform/keyring/keyring.ts';

/** What is done to a database that was restored. */
export interface RestoredStore {
  /** Ends whatever it believes to be open, so that nothing is used that was used or ended since. */
  endAllOpen(tx: Tx, now: Date): Promise<void>;
  /** Of some audit rows those that it does not have. */
  missingAudit(tx: Tx, ids: readonly string[]): Promise<Set<string>>;
  /**
   * Does again what was done since the backup. What came in place of what was taken away is lost with the backup:
   * whose password was reset has none, until they choose another by their mailbox.
   *
   * @throws RangeError for what nobody knows how to revoke
   */
  revokeAgain(tx: Tx, revocation: Revocation, now: Date): Promise<void>;
}

interface RestorePorts {
  db: Db;
  keyring: Keyring;
  clock: Clock;
  restored: RestoredStore;
}

/**
 * Makes a restored backup safe to be served from ([AVL-5]): ends everything that is open in it, and does again what
 * was revoked since it was made. In one transaction, which is on record.
 *
 * @param kept what the nodes noted outside the database, in any order; what the backup has already is left alone
 * @returns how many revocations were done again
 */
export function afterRestore(
  { db, keyring, clock, restored }: RestorePorts,
  kept: readonly Revocation[],
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const at = clock.now();
    await restored.endAllOpen(tx, at);
    const missing = await restored.missingAudit(
      tx,
      kept.map(({ id }) => id),
    );
    const since = new Map(kept.filter(({ id }) => missing.has(id)).map((one) => [one.id, one]));
    // In the order in which it was done: what was asked for and stopped is not asked for.
    const inOrder = [...since.values()].sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
    for (const revocation of inOrder) await restored.revokeAgain(tx, revocation, at);
    await writeAudit(tx, keyring, {
      type: 'backup-restored',
      accountId: NOBODY,
      actor: 'operator',
      at,
      details: { revokedAgain: since.size },
    });
    return since.size;
  });
}
