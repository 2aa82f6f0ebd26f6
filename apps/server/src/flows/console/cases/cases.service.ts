import type { Case } from '../../../cases/case.ts';
import type { KindOfCase, KindsOfCase } from '../../../cases/case-kind.ts';
import type { Cases } from '../../../cases/cases.ports.ts';
import { caseClosed, caseGone, caseTaken, restsAlready } from '../../../cases/cases.problems.ts';
import { assertMayDecide, decisionOn, type Verdict } from '../../../cases/decide-case.ts';
import { readHandle } from '../../../gate/handle.ts';
import { suspendAccount } from '../../../gate/holds.ts';
import { type Acting, approveDecision, type openDecision } from '../../../gate/operator-decision.ts';
import { mayAct, type Operator } from '../../../gate/operators.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { AuditEventType } from '../../../platform/audit/event-types.ts';
import { MINUTE_MS } from '../../../platform/clock/clock.ts';
import type { Tx } from '../../../platform/database/database.ts';

export interface CasesPorts {
  gate: Gate;
  cases: Cases;
  kinds: KindsOfCase;
}

/** How long a case is an operator's own before it is free again by itself. */
const LOCK_MS = 30 * MINUTE_MS;

/**
 * The case that an address names, for an operator who may see its kind.
 *
 * @throws caseGone for everybody else too
 */
export async function readCase(
  { cases, kinds }: CasesPorts,
  tx: Tx,
  handle: string,
  operator: Operator,
): Promise<{ one: Case; kind: KindOfCase }> {
  const key = readHandle(handle);
  const one = key && (await cases.find(tx, { subjectId: key.proverId, id: key.id }));
  const kind = one && kinds[one.kind];
  if (!kind || !mayAct(operator, kind.roles)) throw caseGone();
  return { one, kind };
}

/**
 * Takes a case; then nobody else decides it for half an hour. Whoever takes it from a colleague says why.
 *
 * @throws caseClosed; caseTaken when a colleague is at it and nothing is said
 */
export async function takeCase(
  { gate, cases }: CasesPorts,
  tx: Tx,
  { one, operatorId, note }: { one: Case; operatorId: string; note: string | null },
): Promise<void> {
  const at = gate.clock.now();
  const held = await cases.hold(tx, one);
  if (held?.state !== 'open') throw caseClosed();
  const isTaken = held.lockedBy !== null && held.lockedBy !== operatorId && isRunning(held, at);
  if (isTaken && note === null) throw caseTaken();
  await cases.lock(tx, one, operatorId, new Date(at.getTime() + LOCK_MS));
  const what = isTaken ? ('taken-over' as const) : ('taken' as const);
  await cases.note(tx, one, { at, by: operatorId, what, note });
  await record(gate, tx, one, operatorId, `case-${what}`);
}

/**
 * Suspends the account of a case that may end its identity, until it is decided ([SPID-IDL-10]); by whoever has taken it.
 *
 * @throws caseGone, caseClosed, caseNotYours, restsAlready
 */
export async function suspendFirst(
  { gate, cases }: CasesPorts,
  tx: Tx,
  { one: seen, kind, operatorId }: { one: Case; kind: KindOfCase; operatorId: string },
): Promise<void> {
  const at = gate.clock.now();
  const one = await cases.hold(tx, seen);
  if (!one) throw caseGone();
  assertMayDecide(one, operatorId, { accept: false, reason: '' }, at);
  const wanted = kind.suspends?.(one);
  const hold = { accountId: one.subjectId, by: 'operator' as const, reason: 'case' };
  if (!wanted || !(await suspendAccount(gate, tx, { ...hold, ...wanted }))) throw restsAlready();
  await cases.note(tx, one, { at, by: operatorId, what: 'suspended', note: null });
}

/** Gives a case back; nothing happens when it is not the operator's. */
export async function releaseCase({ gate, cases }: CasesPorts, tx: Tx, one: Case, operatorId: string) {
  const held = await cases.hold(tx, one);
  if (held?.state !== 'open' || held.lockedBy !== operatorId) return;
  await cases.lock(tx, one, null, null);
  const at = gate.clock.now();
  await cases.note(tx, one, { at, by: operatorId, what: 'released', note: null });
  await record(gate, tx, one, operatorId, 'case-released');
}

const isRunning = ({ lockedUntil }: Case, now: Date): boolean => lockedUntil !== null && lockedUntil > now;

export interface Decided {
  one: Case;
  kind: KindOfCase;
  verdict: Verdict;
  opened: Awaited<ReturnType<typeof openDecision>>;
}

/**
 * Counts an operator's approval of what becomes of a case; the last one that is needed brings it about.
 *
 * @returns the case's state then: still open where another operator has to approve
 * @throws caseClosed, caseNotYours, otherOperatorNeeded, operationGone
 */
export async function decideCase(
  { gate, cases }: CasesPorts,
  tx: Tx,
  acting: Acting,
  { one: seen, kind, verdict, opened }: Decided,
): Promise<Case['state']> {
  const at = gate.clock.now();
  const by = acting.prover.id;
  const one = await cases.hold(tx, seen);
  if (!one) throw caseGone();
  assertMayDecide(one, by, verdict, at);
  const decision = decisionOn(one, kind, verdict);
  const said = { at, by, note: verdict.accept ? null : verdict.reason };
  const outcome = await approveDecision(gate, tx, acting, { opened, decision }, async () => {
    const state = verdict.accept ? ('accepted' as const) : ('refused' as const);
    if (!(await cases.close(tx, one, state, at))) throw caseClosed();
    const approvers = one.firstBy === null ? [by] : [one.firstBy, by];
    if (verdict.accept) await kind.accept(tx, one, approvers);
    else await kind.refuse(tx, one, by, verdict.reason);
    await cases.note(tx, one, { ...said, what: state });
    await record(gate, tx, one, by, `case-${state}`);
    return state;
  });
  if (outcome.done) return outcome.result;
  await cases.approvedFirst(tx, one, outcome.operation.id, by);
  await cases.note(tx, one, { ...said, what: 'approved-first' });
  await record(gate, tx, one, by, 'case-approved-first');
  return 'open';
}

/** On record: who, what, and why (the case). */
export function record(
  gate: Gate,
  tx: Tx,
  one: Case,
  operatorId: string,
  type: AuditEventType,
): Promise<void> {
  return gate.audit(tx, {
    type,
    accountId: one.subjectId,
    actor: 'operator',
    at: gate.clock.now(),
    details: { case: one.id, kind: one.kind, operator: operatorId },
  });
}
