import { z } from 'zod';
import { operatorNeeded } from '../../../gate/gate.problems.ts';
import { type OperatorPorts, requireOperator } from '../../../gate/http/operator.ts';
import type { Role } from '../../../gate/operators.ts';
import type { App } from '../../../platform/http/app.ts';
import { clientInfoOf } from '../../../platform/http/client-info.ts';
import { badInput, notFound } from '../../../platform/http/http.problems.ts';
import { rehearsalUnderWay } from './rehearsal.problems.ts';
import { RehearsalView, RehearseRule } from './rehearsal.schema.ts';
import { beginRehearsal, type RehearsalPorts, readRehearsal } from './rehearsal.service.ts';
import { ClientParams } from './relying-parties.schema.ts';

const tags = ['console'];
const MAY: readonly Role[] = ['administrator'];

/** So many err by a hundredth or two, and are looked at within seconds. */
const MOST_PEOPLE = 5_000;

/** Who would another rule have locked out: counted, never named. */
export function rehearsalRoutes(app: App, ports: OperatorPorts & RehearsalPorts): void {
  app.post(
    '/api/console/relying-parties/:client/rehearsal',
    {
      schema: {
        operationId: 'rehearseRule',
        summary: 'Try another rule out on the sign-ins of the last days; nothing changes',
        tags,
        params: ClientParams,
        body: RehearseRule,
        response: { 202: z.object({}) },
        problems: [operatorNeeded, notFound, badInput, rehearsalUnderWay],
      },
    },
    async (request, reply) => {
      const { operator } = await requireOperator(ports, request, MAY);
      const rehearsing = { operatorId: operator.accountId, client: clientInfoOf(request) };
      const { policy: rule, days } = request.body;
      const wanted = { clientId: request.params.client, rule, days, mostPeople: MOST_PEOPLE };
      await beginRehearsal(ports, rehearsing, wanted);
      return reply.code(202).send({});
    },
  );

  app.get(
    '/api/console/relying-parties/:client/rehearsal',
    {
      schema: {
        operationId: 'readRehearsal',
        summary: 'The last rule that was tried out, how far it is, and what came of it',
        tags,
        params: ClientParams,
        response: { 200: z.object({ rehearsal: RehearsalView.nullable() }) },
        problems: [operatorNeeded],
      },
    },
    async (request) => {
      await requireOperator(ports, request, MAY);
      return { rehearsal: await readRehearsal(ports, request.params.client) };
    },
  );
}
