import type { Policy } from '@sigillo/assurance';
import { beginCeremony } from './begin.ts';
import type { Presenter, Prover, Scene } from './model.ts';
import type { NewOperation } from './operation.ts';
import { propose } from './operations.ts';
import type { Gate } from './ports.ts';

/** Proposes an operation about the prover's own account, and begins the ceremony in which they approve it. */
export async function beginOperation(
  gate: Gate,
  prover: Prover,
  { type, details, policy }: Pick<NewOperation, 'type' | 'details'> & { policy: Policy },
  presenter: Presenter,
): Promise<Scene> {
  const operation = await gate.transaction((tx) =>
    propose(gate, tx, {
      subjectId: prover.id,
      initiatorId: prover.id,
      type,
      details,
      summary: {},
      policy,
      approvalsNeeded: 1,
      lifetimeSeconds: gate.settings.ceremonySeconds,
    }),
  );
  const context = { clientId: null, interaction: null, operationDigest: operation.digest };
  const beginning = { prover, purpose: type, policy, context, operationId: operation.id };
  return beginCeremony(gate, beginning, presenter);
}
