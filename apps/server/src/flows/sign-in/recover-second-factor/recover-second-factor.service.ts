import { SECOND } from '@sigillo/assurance';
import { beginCeremony } from '../../../gate/begin.ts';
import { methodUnavailable } from '../../../gate/gate.problems.ts';
import type { Presenter, Scene } from '../../../gate/model.ts';
import { propose } from '../../../gate/operations.ts';
import { recoverSecondFactorPolicy } from '../../../gate/policies.ts';
import type { Gate } from '../../../gate/ports.ts';
import { secondFactorsOf } from '../../../gate/scene.ts';
import type { Tx } from '../../../platform/database/database.ts';

/**
 * Begins the recovery of who cannot use any second factor: an operation of its own, to which the password
 * proven a moment ago carries over. Two ways of two channels are needed ([REC-4]).
 *
 * @throws methodUnavailable unless it begins from a sign-in that has the password and lacks the second factor
 */
export async function startRecovery(gate: Gate, signIn: Scene, presenter: Presenter): Promise<Scene> {
  const { prover, ceremony, evidence } = signIn;
  const first = evidence.filter((piece) => piece.method === 'password');
  const lacksSecond = !evidence.some((piece) => piece.slot === SECOND);
  const hasLost = secondFactorsOf(gate, prover).length > 0;
  if (ceremony.purpose !== 'sign-in' || first.length === 0 || !lacksSecond || !hasLost)
    throw methodUnavailable();
  const policy = recoverSecondFactorPolicy();
  const operation = await gate.transaction(async (tx) => {
    await recordStart(gate, tx, signIn, presenter);
    return propose(gate, tx, {
      subjectId: prover.id,
      initiatorId: prover.id,
      type: 'replace-second-factor',
      details: {},
      summary: {},
      policy,
      approvalsNeeded: 1,
      lifetimeSeconds: gate.settings.ceremonySeconds,
    });
  });
  const context = { ...ceremony.context, operationDigest: operation.digest };
  const beginning = { prover, purpose: 'recover-second-factor', policy, context, operationId: operation.id };
  const carried = first.map(({ slot, method, target, channelId, levelCap, provenAt }) => ({
    slot,
    method,
    target,
    channelId,
    levelCap,
    provenAtMs: provenAt.getTime(),
  }));
  return beginCeremony(gate, beginning, presenter, carried);
}

function recordStart(gate: Gate, tx: Tx, { prover, ceremony }: Scene, presenter: Presenter): Promise<void> {
  return gate.audit(tx, {
    type: 'recovery-started',
    accountId: prover.id,
    actor: 'holder',
    at: gate.clock.now(),
    client: presenter.client,
    details: { clientId: ceremony.context.clientId },
  });
}
