import { z } from 'zod';
import {
  caseClosed,
  caseGone,
  caseNotYours,
  otherOperatorNeeded,
  restsAlready,
} from '../../../cases/cases.problems.ts';
import { ceremonyGone, operationGone, operatorNeeded, proofNeeded } from '../../../gate/gate.problems.ts';
import { announceHold } from '../../../gate/holds.ts';
import { decided, requireOperator } from '../../../gate/http/operator.ts';
import type { App } from '../../../platform/http/app.ts';
import { CaseParams, SuspendFirst } from './cases.schema.ts';
import { readCase, suspendFirst } from './cases.service.ts';
import type { CaseRoutePorts } from './cases.view.ts';

/** An account that rests until it is decided whether its identity ends ([SPID-IDL-10]). */
export function suspendFirstRoute(app: App, ports: CaseRoutePorts): void {
  app.post(
    '/api/console/cases/:id/suspend',
    {
      schema: {
        operationId: 'suspendFirst',
        summary: 'Suspend the account of a case that may end its identity, until it is decided',
        tags: ['console'],
        params: CaseParams,
        body: SuspendFirst,
        response: { 204: z.null() },
        problems: [
          operatorNeeded,
          proofNeeded,
          ceremonyGone,
          operationGone,
          caseGone,
          caseClosed,
          caseNotYours,
          otherOperatorNeeded,
          restsAlready,
        ],
      },
    },
    async (request, reply) => {
      const { operator } = await requireOperator(ports, request, ['reviewer']);
      const seen = await ports.gate.single((tx) => readCase(ports, tx, request.params.id, operator));
      const { subjectId, id } = seen.one;
      const details = { case: id };
      const wanted = {
        decision: { subjectId, type: 'suspend-first', details },
        approval: request.body.approval,
        record: { type: 'suspended-for-case' as const, details },
      };
      await decided(ports, request, reply, seen.kind.roles, wanted, ({ tx, operator: { accountId } }) =>
        suspendFirst(ports, tx, { ...seen, operatorId: accountId }),
      );
      announceHold(ports.gate, subjectId);
      return reply.code(204).send(null);
    },
  );
}
