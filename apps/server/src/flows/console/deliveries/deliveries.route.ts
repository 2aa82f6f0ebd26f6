import { z } from 'zod';
import { operatorNeeded } from '../../../gate/gate.problems.ts';
import { type OperatorPorts, requireOperator } from '../../../gate/http/operator.ts';
import type { Role } from '../../../gate/operators.ts';
import { DAY_MS } from '../../../platform/clock/clock.ts';
import type { App } from '../../../platform/http/app.ts';
import { clientInfoOf } from '../../../platform/http/client-info.ts';
import { notFound } from '../../../platform/http/http.problems.ts';
import { notPaidFor } from './deliveries.problems.ts';
import {
  countDeliveries,
  type DeliveryPorts,
  listDeliveries,
  retryDelivery,
  showDelivery,
} from './deliveries.service.ts';

const tags = ['console'];
const DESK: readonly Role[] = ['help-desk', 'administrator'];
const time = z.iso.datetime();
const channel = z.enum(['email', 'sms', 'push']);
const state = z.enum(['pending', 'sent', 'delivered', 'failed', 'expired', 'dead']);

const DeliveryView = z
  .object({
    id: z.uuid(),
    channel,
    state,
    recipient: z.string().nullable().describe('Masked; of a notice to an app, nothing'),
    attempts: z.int(),
    reason: z.string().nullable().describe('Why it failed the last time'),
    createdAt: time,
    sentAt: time.nullable(),
    receiptAt: time.nullable(),
    isRetriable: z.boolean(),
  })
  .meta({ id: 'Delivery' });

const Filter = z.object({
  channel: channel.optional(),
  state: state.optional(),
  since: time.optional().describe('A day ago unless given'),
  until: time.optional(),
  before: z.uuid().optional().describe('The last one of the page before'),
});
const Params = z.object({ id: z.uuid() });

/** What was sent and what became of it: never what it says. */
export function deliveriesRoutes(app: App, ports: OperatorPorts & DeliveryPorts): void {
  listingRoutes(app, ports);
  singleRoutes(app, ports);
}

function listingRoutes(app: App, ports: OperatorPorts & DeliveryPorts): void {
  app.get(
    '/api/console/deliveries',
    {
      schema: {
        operationId: 'listDeliveries',
        summary: 'Messages that were queued, the newest first, by channel, state and time',
        tags,
        querystring: Filter,
        response: { 200: z.object({ deliveries: z.array(DeliveryView), next: z.uuid().nullable() }) },
        problems: [operatorNeeded],
      },
    },
    async (request) => {
      await requireOperator(ports, request, DESK);
      const { since, until, before, ...filter } = request.query;
      const end = until === undefined ? new Date(ports.clock.nowMs() + DAY_MS) : new Date(until);
      const start = since === undefined ? new Date(ports.clock.nowMs() - DAY_MS) : new Date(since);
      const { channel: by, state: in_ } = filter;
      return listDeliveries(ports, { channel: by, state: in_, since: start, until: end }, before);
    },
  );

  app.get(
    '/api/console/delivery-counts',
    {
      schema: {
        operationId: 'countDeliveries',
        summary: 'How many messages were queued in each hour, by channel and state',
        tags,
        querystring: z.object({ hours: z.coerce.number().int().min(1).max(48).default(24) }),
        response: {
          200: z.object({
            counts: z.array(z.object({ hour: time, channel, state, count: z.int() })),
          }),
        },
        problems: [operatorNeeded],
      },
    },
    async (request) => {
      await requireOperator(ports, request, DESK);
      return { counts: await countDeliveries(ports, request.query.hours) };
    },
  );
}

function singleRoutes(app: App, ports: OperatorPorts & DeliveryPorts): void {
  app.get(
    '/api/console/deliveries/:id',
    {
      schema: {
        operationId: 'showDelivery',
        summary: 'One message: its channel and state',
        tags,
        params: Params,
        response: { 200: DeliveryView },
        problems: [operatorNeeded, notFound],
      },
    },
    async (request) => {
      await requireOperator(ports, request, DESK);
      return showDelivery(ports, request.params.id);
    },
  );

  app.post(
    '/api/console/deliveries/:id/retry',
    {
      schema: {
        operationId: 'retryDelivery',
        summary: 'Send a message again that was given up, while it is worth sending',
        tags,
        params: Params,
        response: { 204: z.null() },
        problems: [operatorNeeded, notFound, notPaidFor],
      },
    },
    async (request, reply) => {
      const { operator } = await requireOperator(ports, request, DESK);
      const acting = { operatorId: operator.accountId, client: clientInfoOf(request) };
      await retryDelivery(ports, acting, request.params.id);
      return reply.code(204).send(null);
    },
  );
}
