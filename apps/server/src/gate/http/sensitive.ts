import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tx } from '../../platform/database/database.ts';
import { authorize, type SensitiveOperation } from '../authorize.ts';
import { proofNeeded } from '../gate.problems.ts';
import type { Presenter, Prover, Session } from '../model.ts';
import { ceremonyView, type ViewPorts } from './ceremony-view.ts';
import { presenterOf, requireSession } from './presenter.ts';

export interface Allowed {
  tx: Tx;
  prover: Prover;
  session: Session;
  presenter: Presenter;
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
  const outcome = await authorize(ports.gate, session, presenter, operation, (tx, prover) =>
    run({ tx, prover, session, presenter }),
  );
  if (outcome.done) return outcome.result;
  throw proofNeeded({ ceremony: await ceremonyView(ports, outcome.stepUp) });
}
