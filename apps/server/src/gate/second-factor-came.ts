import type { Tx } from '../platform/database/database.ts';
import { proofMissing } from './gate.problems.ts';
import type { Scene } from './model.ts';
import type { Gate } from './ports.ts';
import { secondFactorsOf, verdictOf } from './scene.ts';

/**
 * Who has got a second factor since a ceremony began has to show it all the same: the policy was frozen without it. In
 * the transaction that holds the account's row, so that no factor comes in between.
 *
 * @throws proofMissing
 */
export async function expectSecondFactor(gate: Gate, tx: Tx, scene: Scene): Promise<void> {
  const asksLevel = scene.ceremony.policy.needs.some(({ need }) => need === 'level');
  if (!asksLevel || verdictOf(gate, scene).level >= 2) return;
  const prover = await gate.accounts.load(tx, scene.prover.id);
  if (!prover || secondFactorsOf(gate, prover).length > 0) throw proofMissing();
}
