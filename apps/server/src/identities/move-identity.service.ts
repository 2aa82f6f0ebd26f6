import { type Actor, afterMove, type Move } from '@sigillo/identity';
import type { Clock } from '../platform/clock/clock.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Identities } from './identities.ports.ts';
import { identityGone, moveRefused } from './identities.problems.ts';
import type { Identity } from './identity.ts';

/** What moving an identity stands on. */
export interface IdentityPorts {
  identities: Identities;
  clock: Clock;
}

/**
 * One move in the life of an identity, in the transaction of the operation that allowed it. What it brings about
 * (sessions that end, notices) is for that operation to add.
 *
 * @param wanted.until when a suspension ends by itself
 * @returns the identity as it stands then
 * @throws identityGone when there is no such identity
 * @throws moveRefused when it may not move so from where it stands, or somebody else moved it at the same time
 */
export async function moveIdentity(
  { identities, clock }: IdentityPorts,
  tx: Tx,
  key: { accountId: string; id: string },
  wanted: { move: Move; actor: Actor; until?: Date },
): Promise<Identity> {
  const identity = await identities.find(tx, key.accountId, key.id);
  if (!identity) throw identityGone();
  const { move, actor, until = null } = wanted;
  const after = afterMove(identity, move, actor);
  if (!after || !(await identities.move(tx, identity, after, { move, actor, until, at: clock.now() })))
    throw moveRefused();
  const moved = await identities.find(tx, key.accountId, key.id);
  if (!moved) throw identityGone();
  return moved;
}
