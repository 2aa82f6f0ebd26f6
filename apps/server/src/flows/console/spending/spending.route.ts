import { z } from 'zod';
import { ceremonyGone, operationGone, operatorNeeded, proofNeeded } from '../../../gate/gate.problems.ts';
import { decided, type OperatorPorts, requireOperator } from '../../../gate/http/operator.ts';
import type { Role } from '../../../gate/operators.ts';
import type { App } from '../../../platform/http/app.ts';
import { notFound } from '../../../platform/http/http.problems.ts';
import { readSpending, releasePrefix, type SpendingPorts } from './spending.service.ts';

const tags = ['console'];
const MAY: readonly Role[] = ['administrator'];
const time = z.iso.datetime();
const amount = z.number().describe('In the currency’s unit');

const SpendingView = z.object({
  currency: z.string().describe('ISO 4217'),
  hourlyBudget: amount,
  prefixBudget: amount.describe('Of every prefix that has none of its own'),
  prefixBudgets: z.record(z.string(), amount),
  hours: z.array(z.object({ hour: time, spent: amount, byPrefix: z.record(z.string(), amount) })),
  stopped: z.array(
    z.object({
      prefix: z.string(),
      sent: z.int().describe('Codes that were judged'),
      confirmed: z.int().describe('How many of them came back'),
      stoppedAt: time,
      until: time,
    }),
  ),
});

/** What SMS cost, and the prefixes that were stopped. */
export function spendingRoutes(app: App, ports: OperatorPorts & SpendingPorts): void {
  app.get(
    '/api/console/spending',
    {
      schema: {
        operationId: 'readSpending',
        summary: 'What SMS have cost, hour by hour, with the budgets and the prefixes that are stopped',
        tags,
        querystring: z.object({ hours: z.coerce.number().int().min(1).max(720).default(24) }),
        response: { 200: SpendingView },
        problems: [operatorNeeded],
      },
    },
    async (request) => {
      await requireOperator(ports, request, MAY);
      return readSpending(ports, request.query.hours);
    },
  );

  app.post(
    '/api/console/spending/release',
    {
      schema: {
        operationId: 'releasePrefix',
        summary: 'Let SMS go to a prefix again that was stopped because hardly any code came back',
        tags,
        body: z.strictObject({
          prefix: z.string().regex(/^\+\d{1,10}$/),
          approval: z.string().max(64).optional(),
        }),
        response: { 204: z.null() },
        problems: [operatorNeeded, proofNeeded, ceremonyGone, operationGone, notFound],
      },
    },
    async (request, reply) => {
      const { prefix, approval } = request.body;
      const decision = {
        type: 'release-prefix',
        details: { prefix },
        summary: { prefix },
      };
      const record = { type: 'prefix-released' as const, details: { prefix } };
      await decided(ports, request, reply, MAY, { decision, approval, record }, ({ tx }) =>
        releasePrefix(ports, tx, prefix),
      );
      return reply.code(204).send(null);
    },
  );
}
