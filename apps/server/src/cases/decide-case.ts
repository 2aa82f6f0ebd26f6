import { createHash } from 'node:crypto';
import type { OperatorDecision } from '../gate/operator-decision.ts';
import type { Case } from './case.ts';
import type { KindOfCase } from './case-kind.ts';
import { caseClosed, caseNotYours, otherOperatorNeeded } from './cases.problems.ts';

export interface Verdict {
  accept: boolean;
  /** Of a refusal: what is told, or put on record. */
  reason: string;
}

/** What exactly is approved: the case as it is now, and what becomes of it. */
export function decisionOn(one: Case, kind: KindOfCase, { accept, reason }: Verdict): OperatorDecision {
  const content = createHash('sha256').update(JSON.stringify(one.payload)).digest('hex');
  const said = accept ? {} : { reason };
  return {
    subjectId: one.subjectId,
    type: `${accept ? 'accept' : 'refuse'}-${one.kind}`,
    details: { case: one.id, content, ...said },
    approvals: accept ? kind.approvals : 1,
  };
}

/**
 * Whether an operator may decide a case now.
 *
 * @throws caseClosed, otherOperatorNeeded; caseNotYours unless the operator has taken it and the time is not over
 */
export function assertMayDecide(one: Case, operatorId: string, { accept }: Verdict, now: Date): void {
  if (one.state !== 'open') throw caseClosed();
  // Operators' accounts are nobody's identity; should one ever be, it does not decide about itself.
  if (one.subjectId === operatorId) throw otherOperatorNeeded();
  if (accept && one.firstBy === operatorId) throw otherOperatorNeeded();
  if (one.lockedBy !== operatorId || one.lockedUntil === null || one.lockedUntil <= now) throw caseNotYours();
}
