import type { Level } from '@sigillo/assurance';
import type { AuditEventType } from '../platform/audit/event-types.ts';
import type { Tx } from '../platform/database/database.ts';
import { beginCeremony } from './begin.ts';
import { signInNeeded } from './gate.problems.ts';
import type { Presenter, Prover, Scene, Session } from './model.ts';
import { sensitivePolicy } from './policies.ts';
import type { Gate } from './ports.ts';
import { secondFactorsOf, verdictOfSession } from './scene.ts';
import { liveness } from './sessions.ts';

export interface SensitiveOperation {
  /** Audit name, such as `session-ended`. */
  type: AuditEventType;
  details: Record<string, string | number | boolean | null>;
}

export type Authorized<T> = { done: true; result: T } | { done: false; stepUp: Scene };

/**
 * Runs a sensitive operation in one transaction with the check that allows it and the audit row that records
 * it: the session is locked alive, its account's epoch held, and something was proven in the last minutes.
 * If not, nothing runs and a step-up ceremony is begun for the caller to offer.
 *
 * @throws signInNeeded when the session ended meanwhile
 */
export async function authorize<T>(
  gate: Gate,
  session: Session,
  presenter: Presenter,
  operation: SensitiveOperation,
  run: (tx: Tx, prover: Prover, level: Level) => Promise<T>,
): Promise<Authorized<T>> {
  const outcome = await gate.transaction(async (tx) => {
    await gate.accounts.lock(tx, session.accountId);
    const live = await gate.sessions.lockLive(tx, session, liveness(gate));
    const prover = live && (await gate.accounts.load(tx, session.accountId));
    if (!live || !prover) throw signInNeeded();
    const policy = policyFor(gate, prover);
    const verdict = verdictOfSession(gate, prover, live.evidence, policy);
    if (!verdict.satisfied) return { done: false as const, prover, evidence: live.evidence };
    const result = await run(tx, prover, verdict.level || 1);
    await recordOperation(gate, tx, prover, presenter, operation);
    return { done: true as const, result };
  });
  if (outcome.done) return outcome;
  return { done: false, stepUp: await beginStepUp(gate, outcome.prover, outcome.evidence, presenter) };
}

function policyFor(gate: Gate, prover: Prover) {
  return sensitivePolicy(gate.settings.freshSeconds, secondFactorsOf(gate, prover).length > 0);
}

/** A ceremony that brings a session up to what sensitive operations ask; its older proofs carry over. */
function beginStepUp(gate: Gate, prover: Prover, evidence: Session['evidence'], presenter: Presenter) {
  const context = { clientId: null, interaction: null, operationDigest: null };
  const beginning = { prover, purpose: 'step-up', policy: policyFor(gate, prover), context };
  return beginCeremony(gate, beginning, presenter, evidence);
}

function recordOperation(
  gate: Gate,
  tx: Tx,
  prover: Prover,
  presenter: Presenter,
  operation: SensitiveOperation,
): Promise<void> {
  return gate.audit(tx, {
    type: operation.type,
    accountId: prover.id,
    actor: 'holder',
    at: gate.clock.now(),
    client: presenter.client,
    details: operation.details,
  });
}
