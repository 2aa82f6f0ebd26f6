import type { LiveEvidencePorts } from '../../../evidence/live-evidence.ts';
import { retentionOf } from '../../../evidence/retain-evidence.ts';
import { heldUntil } from '../../../gate/contact-hold.ts';
import { DAY_MS } from '../../../platform/clock/clock.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { type ErasurePorts, holdsIdentity } from './erasure.service.ts';
import type { ExportPorts } from './export.service.ts';
import { contactChanged } from './privacy.problems.ts';
import { CANCEL_MS } from './times.ts';

export type PrivacyPorts = ExportPorts & ErasurePorts & LiveEvidencePorts;

/** What the holder sees before they ask for anything. */
export async function privacyOf(ports: PrivacyPorts, tx: Tx, accountId: string) {
  const { gate, exports } = ports;
  const now = gate.clock.now();
  const known = await exports.list(tx, accountId, now);
  const held = await holdsIdentity(ports, tx, accountId);
  return {
    exports: known.map(({ id, state, requestedAt, expiresAt }) => ({
      id,
      state,
      requestedAt: requestedAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
    })),
    heldUntil: (await heldBy(ports, tx, accountId))?.toISOString() ?? null,
    identity: held.now ? ('held' as const) : held.ever ? ('revoked' as const) : ('none' as const),
    retained: await retentionOf({ ...ports, clock: gate.clock }, tx, accountId),
    cancelDays: CANCEL_MS / DAY_MS,
  };
}

/** @throws contactChanged while neither data is given nor an account erased, since a contact was changed */
export async function refuseHeld(ports: Holding, tx: Tx, accountId: string): Promise<void> {
  const until = await heldBy(ports, tx, accountId);
  if (until) throw contactChanged({ until: until.toISOString() });
}

type Holding = Pick<ExportPorts, 'gate' | 'changes'>;

const heldBy = ({ gate, changes }: Holding, tx: Tx, accountId: string): Promise<Date | undefined> =>
  heldUntil({ changes, clock: gate.clock }, tx, accountId);
