import type { AuditEvent } from '../../platform/audit/audit.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { LogoutStore } from './logout-ports.ts';

export interface RetryLogoutsPorts {
  notices: Pick<LogoutStore, 'revive'>;
  clock: Clock;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  audit(tx: Tx, event: AuditEvent): Promise<void>;
}

/** In one transaction: what is on record is told, and what cannot be put on record is not. */
const AT_ONCE = 100;

/**
 * Has relying parties told once more what was given up: that sessions ended.
 *
 * @param clientIds which ones; all where there are none
 * @returns how many notices
 */
export async function retryLogouts(ports: RetryLogoutsPorts, clientIds: readonly string[]): Promise<number> {
  const { notices, clock, transaction, audit } = ports;
  const at = clock.now();
  const again = await transaction(async (tx) => {
    const revived = await notices.revive(tx, clientIds, at, AT_ONCE);
    for (const { accountId, clientId, sessionId } of revived) {
      const details = { clientId, session: sessionId };
      await audit(tx, { type: 'logout-told-again', accountId, actor: 'operator', at, details });
    }
    return revived.length;
  });
  return again < AT_ONCE ? again : again + (await retryLogouts(ports, clientIds));
}
