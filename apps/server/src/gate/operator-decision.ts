import type { AuditEventType } from '../platform/audit/event-types.ts';
import type { Tx } from '../platform/database/database.ts';
import { beginCeremony, openCeremony } from './begin.ts';
import { ceremonyGone, operationGone } from './gate.problems.ts';
import type { Presenter, Prover, Scene, Session } from './model.ts';
import type { Operation } from './operation.ts';
import { approve, carryOut, propose } from './operations.ts';
import { decisionPolicy, OPERATOR_DECISION } from './policies.ts';
import type { Gate } from './ports.ts';

const DAY_SECONDS = 24 * 60 * 60;

/** What an operator wants done: the proof that is asked for counts for exactly this. */
export interface OperatorDecision {
  /** Whom it concerns; the operator's own account where it concerns nobody. */
  subjectId: string;
  /** Of the operation, such as `remove-operator`. */
  type: string;
  details: Readonly<Record<string, string>>;
  /** For whoever approves it, in plain values. */
  summary?: Readonly<Record<string, string>>;
  /** How many operators have to; one unless told otherwise. */
  approvals?: 1 | 2;
}

/** How what was decided is recorded, at the account it concerns. */
export interface DecisionRecord {
  /** Audit name, such as `operator-removed`. */
  type: AuditEventType;
  details: Readonly<Record<string, string | number | boolean | null>>;
}

/** An operator who acts now. */
export interface Acting {
  session: Session;
  prover: Prover;
  presenter: Presenter;
}

/**
 * Begins the ceremony in which an operator approves a decision: a new one, or one that another operator approved
 * already.
 */
export async function askDecision(
  gate: Gate,
  { prover, presenter }: Acting,
  decision: OperatorDecision,
  waiting?: Operation,
): Promise<Scene> {
  const operation = waiting ?? (await gate.transaction((tx) => proposeDecision(gate, tx, prover, decision)));
  const context = { clientId: null, interaction: null, operationDigest: operation.digest };
  return beginCeremony(
    gate,
    {
      prover,
      purpose: OPERATOR_DECISION,
      policy: operation.policy,
      context,
      subjectId: operation.subjectId,
      operationId: operation.id,
    },
    presenter,
  );
}

function proposeDecision(gate: Gate, tx: Tx, prover: Prover, decision: OperatorDecision) {
  const { subjectId, type, details, summary = {}, approvals = 1 } = decision;
  return propose(gate, tx, {
    subjectId,
    initiatorId: prover.id,
    type,
    details,
    summary,
    policy: decisionPolicy,
    approvalsNeeded: approvals,
    lifetimeSeconds: approvals === 1 ? gate.settings.ceremonySeconds : 30 * DAY_SECONDS,
  });
}

/**
 * The satisfied ceremony of this operator in this browser, for such a decision.
 *
 * @throws ceremonyGone when it is another one, or somebody else's
 */
export async function openDecision(gate: Gate, { session, presenter }: Acting, approval: string) {
  const scene = await openCeremony(gate, approval, presenter);
  const { purpose, operationId, subjectId } = scene.ceremony;
  const isOwn = purpose === OPERATOR_DECISION && scene.prover.id === session.accountId;
  if (!isOwn || operationId === null) throw ceremonyGone();
  return { scene, key: { subjectId, id: operationId } };
}

/**
 * Counts the operator's approval, in the caller's transaction; where it was the last one that was needed, the
 * decision is carried out there too, by this one caller.
 *
 * @throws operationGone when it is not this decision that was approved, or it is over, or this operator approved already
 */
export async function approveDecision<T>(
  gate: Gate,
  tx: Tx,
  { presenter }: Acting,
  given: { opened: Awaited<ReturnType<typeof openDecision>>; decision: OperatorDecision },
  run: (operation: Operation) => Promise<T>,
): Promise<{ done: true; result: T } | { done: false; operation: Operation }> {
  const { scene, key } = given.opened;
  const operation = await gate.operations.find(tx, key);
  if (!operation || !isSame(operation, given.decision)) throw operationGone();
  const state = await approve(gate, tx, scene, presenter);
  if (state !== 'approved') return { done: false, operation };
  return { done: true, result: await carryOut(gate, tx, key, run) };
}

/** Whether what is asked for now is what was approved; the same values, and no other. */
function isSame(operation: Operation, { type, subjectId, details }: OperatorDecision): boolean {
  const names = Object.keys(operation.details);
  const isAsWanted = names.every((name) => operation.details[name] === details[name]);
  const isOfSubject = operation.subjectId === subjectId;
  return operation.type === type && isOfSubject && names.length === Object.keys(details).length && isAsWanted;
}
