import type { Policy } from '@sigillo/assurance';
import type { AuditEventType } from '../platform/audit/event-types.ts';
import type { Tx } from '../platform/database/database.ts';
import { beginCeremony, openCeremony } from './begin.ts';
import { ceremonyGone, operationGone, signInNeeded } from './gate.problems.ts';
import type { Contact, Presenter, Prover, Scene, Session } from './model.ts';
import type { Operation } from './operation.ts';
import { approve, carryOut, propose } from './operations.ts';
import { approvalPolicy } from './policies.ts';
import type { Gate } from './ports.ts';
import { secondFactorsOf } from './scene.ts';
import { liveness } from './sessions.ts';

const PURPOSE = 'approve-operation';

/** A sensitive operation that its holder approves by itself: what is proven counts for this one and no other. */
export interface BoundOperation {
  /** Of the operation, such as `remove-device`. */
  type: string;
  details: Readonly<Record<string, string>>;
  /** For whoever approves it, in plain values. */
  summary: Readonly<Record<string, string>>;
  /** Audit name of what was done, such as `device-removed`. */
  recordedAs: AuditEventType;
  /** What approving it takes; the second factor, or the password of who has none, unless told otherwise. */
  policy?(freshSeconds: number, account: { hasSecond: boolean; contacts: readonly Contact[] }): Policy;
}

/** What is not allowed yet: the operation that waits, and the ceremony to approve it by. */
interface NotApproved {
  stepUp: Scene;
  operation: string;
}

/**
 * Proposes a sensitive operation and begins the ceremony in which its holder approves it.
 *
 * @throws signInNeeded when the session ended meanwhile
 */
export async function proposeBound(
  gate: Gate,
  session: Session,
  presenter: Presenter,
  { type, details, summary, policy: policyOf = approvalPolicy }: BoundOperation,
): Promise<NotApproved> {
  const { prover, operation, evidence } = await gate.transaction(async (tx) => {
    const live = await lockedSession(gate, tx, session);
    const { prover } = live;
    const operation = await propose(gate, tx, {
      subjectId: prover.id,
      initiatorId: prover.id,
      type,
      details,
      summary,
      policy: policyOf(gate.settings.freshSeconds, {
        hasSecond: secondFactorsOf(gate, prover).length > 0,
        contacts: usableContacts(gate, prover),
      }),
      approvalsNeeded: 1,
      lifetimeSeconds: gate.settings.ceremonySeconds,
    });
    return { ...live, operation };
  });
  const { id: operationId, digest, policy } = operation;
  const context = { clientId: null, interaction: null, operationDigest: digest };
  const beginning = { prover, purpose: PURPOSE, policy, context, operationId };
  // What the session has proven is shown there; it was not for this operation, and approves nothing.
  const stepUp = await beginCeremony(gate, beginning, presenter, evidence);
  return { stepUp, operation: operationId };
}

/** Where no message can be sent by SMS, numbers receive nothing. */
const usableContacts = (gate: Gate, { contacts }: Prover): Contact[] =>
  contacts.filter(({ kind }) => kind === 'email' || gate.factors.has('sms-code'));

async function lockedSession(gate: Gate, tx: Tx, session: Session) {
  await gate.accounts.lock(tx, session.accountId);
  const live = await gate.sessions.lockLive(tx, session, liveness(gate));
  const prover = live && (await gate.accounts.load(tx, session.accountId));
  if (!live || !prover) throw signInNeeded();
  return { prover, evidence: live.evidence };
}

/**
 * Approves an operation of one's own by the satisfied ceremony that was held for it.
 *
 * @throws ceremonyGone when it is another ceremony; proofMissing, operationGone as `approve` does
 */
export async function approveOwn(
  gate: Gate,
  session: Session,
  presenter: Presenter,
  named: { operation: string; ceremony: string },
): Promise<'waiting' | 'approved'> {
  const scene = await openCeremony(gate, named.ceremony, presenter);
  const { purpose, operationId } = scene.ceremony;
  const isThis = purpose === PURPOSE && operationId === named.operation;
  if (!isThis || scene.prover.id !== session.accountId) throw ceremonyGone();
  const state = await gate.transaction((tx) => approve(gate, tx, scene, presenter));
  return state === 'approved' ? state : 'waiting';
}

/**
 * Carries out an approved operation, once, in one transaction with the check that it is the one that was approved
 * and the audit row that records it.
 *
 * @throws signInNeeded when the session ended meanwhile; operationGone unless this very operation is approved
 */
export async function carryOutBound<T>(
  gate: Gate,
  session: Session,
  presenter: Presenter,
  { wanted, operationId }: { wanted: BoundOperation; operationId: string },
  run: (tx: Tx, prover: Prover) => Promise<T>,
): Promise<T> {
  return gate.transaction(async (tx) => {
    const { prover } = await lockedSession(gate, tx, session);
    const key = { subjectId: prover.id, id: operationId };
    return carryOut(gate, tx, key, async (operation) => {
      if (!isSame(operation, wanted)) throw operationGone();
      const result = await run(tx, prover);
      await gate.audit(tx, {
        type: wanted.recordedAs,
        accountId: prover.id,
        actor: 'holder',
        at: gate.clock.now(),
        client: presenter.client,
        details: { ...wanted.details, operation: operationId },
      });
      return result;
    });
  });
}

/** Whether what is asked for now is what was approved; the same values, and no other. */
function isSame(operation: Operation, { type, details }: BoundOperation): boolean {
  const names = Object.keys(operation.details);
  const isAsWanted = names.every((name) => operation.details[name] === details[name]);
  return operation.type === type && names.length === Object.keys(details).length && isAsWanted;
}
