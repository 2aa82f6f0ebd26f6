import { writeAudit } from '../../apps/server/src/platform/audit/audit.ts';
import { inTransaction } from '../../apps/server/src/platform/database/database.ts';
import { accessRecorder } from '../../apps/server/src/stores/access-event.store.ts';
import type { PopulatedInstallation } from './populated.ts';

/** Puts an access of an account on record, as the gate does, at any time. */
export async function writeAccess(
  on: Pick<PopulatedInstallation, 'keyring'> & { database: Pick<PopulatedInstallation['database'], 'db'> },
  accountId: string,
  access: {
    at: Date;
    clientId: string | null;
    outcome?: 'success' | 'failure';
    kind?: string;
    userAgent?: string;
    level?: 1 | 2 | null;
    method?: string | null;
  },
): Promise<void> {
  const { at, clientId, outcome = 'success', kind = 'sign-in', userAgent = 'Firefox', level = 1 } = access;
  const { method = 'password' } = access;
  const client = { address: '192.0.2.7', network: '192.0.2.7', userAgent };
  const event = { type: 'signed-in' as const, accountId, actor: 'holder' as const, at, client, details: {} };
  const record = accessRecorder((tx, written, as) => writeAudit(tx, on.keyring, written, as));
  await inTransaction(on.database.db, (tx) => record(tx, event, { kind, outcome, method, level, clientId }));
}
