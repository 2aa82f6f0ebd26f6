import type { Level } from '@sigillo/assurance';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tx } from '../../platform/database/database.ts';
import { authorize, type SensitiveOperation } from '../authorize.ts';
import { type BoundOperation, carryOutBound, proposeBound } from '../authorize-bound.ts';
import { proofNeeded } from '../gate.problems.ts';
import type { Presenter, Prover, Session } from '../model.ts';
import { ceremonyView, type ViewPorts } from './ceremony-view.ts';
import { presenterOf, requireSession } from './presenter.ts';

export interface Allowed {
  tx: Tx;
  prover: Prover;
  session: Session;
  presenter: Presenter;
  /** What the session has proven. */
  level: Level;
}

/**
 * Carries out a sensitive operation of the signed-in holder, or answers 403 with the ceremony to go through
 * first; the page repeats the request after it.
 *
 * @throws signInNeeded, proofNeeded
 */
export async function sensitive<T>(
  ports: ViewPorts,
  request: FastifyRequest,
  reply: FastifyReply,
  operation: SensitiveOperation,
  run: (allowed: Allowed) => Promise<T>,
): Promise<T> {
  const session = await requireSession(ports.gate, request);
  const presenter = presenterOf(request, reply);
  const outcome = await authorize(ports.gate, session, presenter, operation, (tx, prover, level) =>
    run({ tx, prover, session, presenter, level }),
  );
  if (outcome.done) return outcome.result;
  throw proofNeeded({ ceremony: await ceremonyView(ports, outcome.stepUp) });
}

/**
 * Carries out a sensitive operation that its holder approved by itself, or answers 403 with the operation that
 * waits and the ceremony to approve it by; the page approves it and repeats the request, naming the operation.
 *
 * @throws signInNeeded, proofNeeded, operationGone
 */
export async function sensitiveBound<T>(
  ports: ViewPorts,
  request: FastifyRequest,
  reply: FastifyReply,
  wanted: BoundOperation,
  operationId: string | undefined,
  run: (allowed: Omit<Allowed, 'level'>) => Promise<T>,
): Promise<T> {
  const { gate } = ports;
  const session = await requireSession(gate, request);
  const presenter = presenterOf(request, reply);
  if (operationId !== undefined)
    return carryOutBound(gate, session, presenter, { wanted, operationId }, (tx, prover) =>
      run({ tx, prover, session, presenter }),
    );
  const { stepUp, operation } = await proposeBound(gate, session, presenter, wanted);
  throw proofNeeded({ ceremony: await ceremonyView(ports, stepUp), operation });
}
