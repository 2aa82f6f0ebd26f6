import { NOBODY, writeAudit } from '../../../platform/audit/audit.ts';
import type { Revocation } from '../../../platform/audit/revocations.ts';
import type { Clock } from '../../../platform/clock/clock.ts';
import { type Db, inTransaction } from '../../../platform/database/database.ts';
import type { Keyring } from '../../../platform/keyring/keyring.ts';
import { endAllOpen, missingAudit, revokeAgain } from '../../../stores/gate/restored.store.ts';

interface RestorePorts {
  db: Db;
  keyring: Keyring;
  clock: Clock;
}

/**
 * Makes a restored backup safe to be served from ([AVL-5]): ends everything that is open in it, and does again what
 * was revoked since it was made. In one transaction, which is on record.
 *
 * @param kept what the nodes noted outside the database, in any order; what the backup has already is left alone
 * @returns how many revocations were done again
 */
export function afterRestore(
  { db, keyring, clock }: RestorePorts,
  kept: readonly Revocation[],
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const at = clock.now();
    await endAllOpen(tx, at);
    const missing = await missingAudit(
      tx,
      kept.map(({ id }) => id),
    );
    const since = new Map(kept.filter(({ id }) => missing.has(id)).map((one) => [one.id, one]));
    for (const revocation of since.values()) await revokeAgain(tx, revocation, at);
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
