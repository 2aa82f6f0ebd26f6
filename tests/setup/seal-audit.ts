import { loadOrMakeCheckpointKey } from '../../apps/server/src/platform/audit/checkpoint-key.ts';
import { auditSealer } from '../../apps/server/src/platform/audit/sealer.ts';
import { openLog } from '../../apps/server/src/platform/log/log.ts';
import type { PopulatedInstallation } from './populated.ts';

/** Seals what is on record of an installation, as its nodes do after a minute. */
export async function sealAudit(on: PopulatedInstallation): Promise<void> {
  const { db } = on.database;
  const { sealed_at } = await db.selectFrom('audit_head').select('sealed_at').executeTakeFirstOrThrow();
  const now = new Date(Math.max(on.nowMs(), sealed_at.getTime() + 60_000));
  const clock = { now: () => now, nowMs: () => now.getTime() };
  const key = await loadOrMakeCheckpointKey(db, on.keyring, now);
  const published = { append: async () => {}, last: async () => undefined };
  const ports = { db, clock, key, issuer: on.server.issuer, published, log: openLog('silent') };
  await auditSealer(ports)();
}
