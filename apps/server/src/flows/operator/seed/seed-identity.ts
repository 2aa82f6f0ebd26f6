import { romeDayOf } from '@sigillo/identity';
import { IdentityTaken } from '../../../identities/identities.ports.ts';
import { moveIdentity } from '../../../identities/move-identity.service.ts';
import { newIdentity } from '../../../identities/new-identity.ts';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Clock } from '../../../platform/clock/clock.ts';
import { type Db, inTransaction } from '../../../platform/database/database.ts';
import type { Keyring } from '../../../platform/keyring/keyring.ts';
import { identityStore } from '../../../stores/identities/identity.store.ts';
import { demonstrationIdentity } from './demonstration-identities.ts';

interface Surroundings {
  config: { identities: { provider: string } };
  db: Db;
  keyring: Keyring;
  clock: Clock;
}

/** Gives a demonstration account its digital identity, unless it has had one. Two nodes may do so at once. */
export async function seedIdentity(
  { config, db, keyring, clock }: Surroundings,
  email: string,
  accountId: string,
): Promise<void> {
  const start = demonstrationIdentity(email, accountId, romeDayOf(clock.nowMs()));
  if (!start) return;
  const identities = identityStore(keyring);
  const seeding = inTransaction(db, async (tx) => {
    if ((await identities.ofAccount(tx, accountId)).length > 0) return;
    const at = clock.now();
    const identity = newIdentity(start, config.identities.provider, at);
    await identities.insert(tx, identity);
    await moveIdentity({ identities, clock }, tx, identity, { move: { type: 'issue' }, actor: 'import' });
    const details = { identity: identity.id, demonstration: true };
    await writeAudit(tx, keyring, { type: 'identity-imported', accountId, actor: 'system', at, details });
  });
  // Another account has it: one whose address was changed meanwhile, or one of this very moment.
  await seeding.catch((error: unknown) => {
    if (!(error instanceof IdentityTaken)) throw error;
  });
}
