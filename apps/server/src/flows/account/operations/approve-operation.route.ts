import { z } from 'zod';
import { approveOwn } from '../../../gate/authorize-bound.ts';
import { ceremonyGone, operationGone, proofMissing, signInNeeded } from '../../../gate/gate.problems.ts';
import { presenterOf, requireSession } from '../../../gate/http/presenter.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { App } from '../../../platform/http/app.ts';

const Body = z.strictObject({ ceremony: z.string().min(1).max(64) });
const Answer = z.object({ state: z.enum(['waiting', 'approved']) });

/** The holder approves what a sensitive request is about to do. */
export function approveOperationRoutes(app: App, { gate }: { gate: Gate }): void {
  app.post(
    '/api/operations/:id/approve',
    {
      schema: {
        operationId: 'approveOperation',
        summary: 'Approve an operation by the ceremony that was held for it; then repeat the request',
        tags: ['operations'],
        params: z.object({ id: z.uuid() }),
        body: Body,
        response: { 200: Answer },
        problems: [signInNeeded, ceremonyGone, proofMissing, operationGone],
      },
    },
    async (request, reply) => {
      const session = await requireSession(gate, request);
      const presenter = presenterOf(request, reply);
      const named = { operation: request.params.id, ceremony: request.body.ceremony };
      return { state: await approveOwn(gate, session, presenter, named) };
    },
  );
}
