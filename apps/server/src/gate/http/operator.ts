import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tx } from '../../platform/database/database.ts';
import { COOKIES, readCookie } from '../../platform/http/cookies.ts';
import type { Problem } from '../../platform/http/problems.ts';
import { operatorNeeded, proofNeeded } from '../gate.problems.ts';
import type { Prover, Session } from '../model.ts';
import type { Operation } from '../operation.ts';
import {
  type Acting,
  approveDecision,
  askDecision,
  type DecisionRecord,
  type OperatorDecision,
  openDecision,
} from '../operator-decision.ts';
import { mayAct, type Operator, type Operators, ROLES, type Role } from '../operators.ts';
import { liveness, readSession } from '../sessions.ts';
import { ceremonyView, type ViewPorts } from './ceremony-view.ts';
import { presenterOf } from './presenter.ts';

export type OperatorPorts = ViewPorts & { operators: Operators };

export interface ActingOperator {
  session: Session;
  operator: Operator;
}

/**
 * The operator of the request, signed in to the console. Whoever is no operator, has none of the roles, or has no
 * session of the console is told the same.
 *
 * @param roles one of them is enough
 * @param isUse false where a page only asks when the session ends: asking must not put it off
 * @throws operatorNeeded
 */
export async function requireOperator(
  { gate, operators }: Pick<OperatorPorts, 'gate' | 'operators'>,
  request: FastifyRequest,
  roles: readonly Role[] = ROLES,
  isUse = true,
): Promise<ActingOperator> {
  const token = readCookie(request, COOKIES.console);
  // Nothing opens a session of an operator's account but a proof of level 3 (`admit.ts`).
  const session =
    token === undefined ? undefined : await readSession(gate, token, { isUse, kind: 'operator' });
  const operator = session && (await gate.single((tx) => operators.find(tx, session.accountId)));
  if (!session || !operator || !mayAct(operator, roles)) throw operatorNeeded();
  return { session, operator };
}

export interface Deciding extends ActingOperator {
  tx: Tx;
  prover: Prover;
}

/** A decision as its route asks for it. */
export interface Wanted {
  /** About whom it is; the operator's own account where it is about nobody. */
  decision: Omit<OperatorDecision, 'subjectId' | 'approvals'> & { subjectId?: string };
  /** The ceremony in which it was approved, if it was. */
  approval: string | undefined;
  /** It changes who may decide what: one such decision at a time. */
  isAboutOperators?: true;
  record: DecisionRecord;
}

/**
 * Carries out a sensitive decision of an operator, once it was approved by a fresh proof of level 3 that counts for it
 * alone; without one, answers 403 with the ceremony to go through, and the page repeats the request with its id as
 * `approval`. What is done and its record are one transaction.
 *
 * @throws operatorNeeded, proofNeeded, ceremonyGone, operationGone
 */
export async function decided<T>(
  ports: OperatorPorts,
  request: FastifyRequest,
  reply: FastifyReply,
  roles: readonly Role[],
  { decision: wanted, approval, isAboutOperators, record }: Wanted,
  run: (deciding: Deciding) => Promise<T>,
): Promise<T> {
  const { gate } = ports;
  const acting = await actingOn(ports, request, reply, roles);
  const decision = { subjectId: acting.prover.id, ...wanted };
  if (approval === undefined) throw await askedFor(ports, acting, decision);
  const opened = await openDecision(gate, acting, approval);
  return gate.transaction(async (tx) => {
    // First of all locks: what others hold of it below, they do not wait with.
    if (isAboutOperators) await ports.operators.lockAdministrators(tx);
    const held = await holdOperator(ports, tx, acting, roles);
    const given = { opened, decision };
    const outcome = await approveDecision(gate, tx, acting, given, async (operation) => {
      const result = await run({ ...held, tx });
      const details = { ...record.details, operator: acting.prover.id, operation: operation.id };
      await gate.audit(tx, {
        type: record.type,
        accountId: decision.subjectId,
        actor: 'operator',
        at: gate.clock.now(),
        client: acting.presenter.client,
        details,
      });
      return result;
    });
    if (!outcome.done) throw new Error('A decision of one operator waits for another one');
    return outcome.result;
  });
}

/** The operator of the request, with all that deciding needs. @throws operatorNeeded */
export async function actingOn(
  ports: OperatorPorts,
  request: FastifyRequest,
  reply: FastifyReply,
  roles: readonly Role[],
): Promise<Acting & ActingOperator> {
  const { session, operator } = await requireOperator(ports, request, roles);
  const prover = await ports.gate.single((tx) => ports.gate.accounts.load(tx, session.accountId));
  if (!prover) throw operatorNeeded();
  return { session, operator, prover, presenter: presenterOf(request, reply) };
}

/** The same in the transaction that decides: neither the session nor the roles can end before it does. */
export async function holdOperator(
  { gate, operators }: OperatorPorts,
  tx: Tx,
  { session, prover }: Acting,
  roles: readonly Role[],
): Promise<ActingOperator & { prover: Prover }> {
  const operator = await operators.hold(tx, session.accountId);
  const live = await gate.sessions.lockLive(tx, session, liveness(gate, 'operator'));
  if (!operator || !live || !mayAct(operator, roles)) throw operatorNeeded();
  return { session, operator, prover };
}

/** The refusal that carries the ceremony to go through. */
export async function askedFor(
  ports: OperatorPorts,
  acting: Acting,
  decision: OperatorDecision,
  waiting?: Operation,
): Promise<Problem> {
  const scene = await askDecision(ports.gate, acting, decision, waiting);
  return proofNeeded({ ceremony: await ceremonyView(ports, scene) });
}
