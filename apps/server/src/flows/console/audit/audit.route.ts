import { Readable } from 'node:stream';
import { z } from 'zod';
import { operatorNeeded } from '../../../gate/gate.problems.ts';
import { type OperatorPorts, requireOperator } from '../../../gate/http/operator.ts';
import type { Role } from '../../../gate/operators.ts';
import { DAY_MS } from '../../../platform/clock/clock.ts';
import type { App } from '../../../platform/http/app.ts';
import { clientInfoOf } from '../../../platform/http/client-info.ts';
import { checkUnderWay } from './audit.problems.ts';
import {
  type AuditFilter,
  type AuditPorts,
  beginAuditCheck,
  exportAudit,
  readAuditPage,
  readAuditState,
} from './audit.service.ts';

const tags = ['console'];
const AUDITORS: readonly Role[] = ['auditor'];
const time = z.iso.datetime();

const Filter = z.object({
  since: time.optional().describe('A week ago unless given'),
  until: time.optional(),
  account: z.uuid().optional(),
  operator: z.uuid().optional().describe('Who did it, by the id of the account'),
  type: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .optional(),
});
const PageFilter = Filter.extend({ before: z.uuid().optional() });

const RecordView = z
  .object({
    id: z.uuid(),
    at: time,
    account: z.uuid(),
    type: z.string().nullable().describe('Null where the account was erased'),
    actor: z.enum(['holder', 'operator', 'system', 'relying-party']).nullable(),
    address: z.string().nullable(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: 'AuditRecord' });

const Outcome = z.union([
  z.object({
    kind: z.literal('done'),
    blocks: z.int(),
    records: z.int(),
    pending: z.int(),
    lost: z.array(z.object({ from: z.int(), to: z.int() })),
    faults: z.array(
      z.object({ kind: z.string(), block: z.int().optional(), rows: z.array(z.string()).optional() }),
    ),
    faultsInAll: z.int(),
  }),
  z.object({ kind: z.literal('failed') }),
]);

const StateView = z.object({
  block: z.int(),
  records: z.int(),
  sealedAt: time.nullable(),
  pending: z.int().describe('Rows that wait for their block'),
  discontinuities: z.array(z.object({ block: z.int(), at: time })),
  published: z
    .object({ block: z.int(), records: z.int() })
    .nullable()
    .describe('The newest checkpoint that this node has written outside the database'),
  check: z
    .object({
      startedAt: time,
      finishedAt: time.nullable(),
      isStuck: z.boolean().describe('Its node is gone'),
      blocks: z.int(),
      blocksInAll: z.int(),
      outcome: Outcome.nullable(),
    })
    .nullable(),
});

/** The record, for auditors: reading it is on record too. */
export function auditRoutes(app: App, ports: OperatorPorts & AuditPorts): void {
  recordRoutes(app, ports);
  chainRoutes(app, ports);
}

function filterOf(ports: AuditPorts, query: z.infer<typeof Filter>): AuditFilter {
  const nowMs = ports.clock.nowMs();
  const { since, until, account, operator, type } = query;
  return {
    since: since === undefined ? new Date(nowMs - 7 * DAY_MS) : new Date(since),
    until: until === undefined ? new Date(nowMs + DAY_MS) : new Date(until),
    accountId: account,
    operatorId: operator,
    type,
  };
}

function recordRoutes(app: App, ports: OperatorPorts & AuditPorts): void {
  app.get(
    '/api/console/audit',
    {
      schema: {
        operationId: 'readAudit',
        summary: 'The record, the newest first; a page may be short where few rows are wanted',
        tags,
        querystring: PageFilter,
        response: { 200: z.object({ records: z.array(RecordView), next: z.uuid().nullable() }) },
        problems: [operatorNeeded],
      },
    },
    async (request) => {
      const { operator } = await requireOperator(ports, request, AUDITORS);
      const { before, ...query } = request.query;
      const auditor = { operatorId: operator.accountId, client: clientInfoOf(request) };
      return readAuditPage(ports, auditor, filterOf(ports, query), before);
    },
  );

  app.get(
    '/api/console/audit/export',
    {
      schema: {
        operationId: 'exportAudit',
        summary: 'The same as JSON Lines (application/x-ndjson), fifty thousand rows at most',
        tags,
        querystring: Filter,
        response: { 200: z.string() },
        problems: [operatorNeeded],
      },
    },
    async (request, reply) => {
      const { operator } = await requireOperator(ports, request, AUDITORS);
      const auditor = { operatorId: operator.accountId, client: clientInfoOf(request) };
      const lines = Readable.from(exportAudit(ports, auditor, filterOf(ports, request.query)));
      reply.header('content-type', 'application/x-ndjson; charset=utf-8');
      reply.header('content-disposition', 'attachment; filename="audit.jsonl"');
      return reply.send(lines as unknown as string);
    },
  );
}

function chainRoutes(app: App, ports: OperatorPorts & AuditPorts): void {
  app.get(
    '/api/console/audit/state',
    {
      schema: {
        operationId: 'readAuditState',
        summary: 'Where the chain of blocks stands, and what came of the last check',
        tags,
        response: { 200: StateView },
        problems: [operatorNeeded],
      },
    },
    async (request) => {
      await requireOperator(ports, request, AUDITORS);
      return readAuditState(ports);
    },
  );

  app.post(
    '/api/console/audit/checks',
    {
      schema: {
        operationId: 'checkAudit',
        summary: 'Compute the whole record again; how far it is stands in its state',
        tags,
        response: { 202: z.object({}) },
        problems: [operatorNeeded, checkUnderWay],
      },
    },
    async (request, reply) => {
      const { operator } = await requireOperator(ports, request, AUDITORS);
      await beginAuditCheck(ports, { operatorId: operator.accountId, client: clientInfoOf(request) });
      return reply.code(202).send({});
    },
  );
}
