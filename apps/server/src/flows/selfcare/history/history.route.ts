import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Authenticators } from '../../../gate/account-ports.ts';
import { containAccount } from '../../../gate/contain.ts';
import { proofNeeded, signInNeeded } from '../../../gate/gate.problems.ts';
import type { ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { clearSession, presenterOf, requireSession } from '../../../gate/http/presenter.ts';
import { sensitive } from '../../../gate/http/sensitive.ts';
import type { App } from '../../../platform/http/app.ts';
import { type ExportPorts, exportJson } from './export-history.service.ts';
import type { HistoryFilter } from './history.ports.ts';
import { ExportWish, HistoryPage, HistoryQuery, HistorySummary, NotMine } from './history.schema.ts';
import { OWN_PAGES, readHistory, summarise } from './history.service.ts';
import { exportCsv } from './history-csv.ts';

const tags = ['history'];

type Ports = ExportPorts & ViewPorts & { authenticators: Authenticators };

/** The access history: read, taken along, and what to do about an access of somebody else. */
export function historyRoutes(app: App, ports: Ports): void {
  readingRoutes(app, ports);
  exportRoute(app, ports);
  notMineRoute(app, ports);
}

function readingRoutes(app: App, ports: Ports): void {
  const { gate } = ports;
  app.get(
    '/api/selfcare/history',
    {
      schema: {
        operationId: 'readAccessHistory',
        summary: 'Accesses to this account, good and bad, the newest first; a page at a time',
        tags,
        querystring: HistoryQuery,
        response: { 200: HistoryPage },
        problems: [signInNeeded],
      },
    },
    async (request) => {
      const { accountId } = await requireSession(gate, request);
      return readHistory(ports, accountId, filterOf(request.query), request.query.before ?? null);
    },
  );

  app.get(
    '/api/selfcare/history/summary',
    {
      schema: {
        operationId: 'summariseAccessHistory',
        summary: 'How many accesses there were, by outcome and month, the last one, and the services',
        tags,
        response: { 200: HistorySummary },
        problems: [signInNeeded],
      },
    },
    async (request) => summarise(ports, (await requireSession(gate, request)).accountId),
  );
}

function exportRoute(app: App, ports: Ports): void {
  app.post(
    '/api/selfcare/history/exports',
    {
      schema: {
        operationId: 'exportAccessHistory',
        summary: 'The access history as a file: JSON with proofs and seal, or CSV; asks for a fresh proof',
        tags,
        body: ExportWish,
        response: { 200: z.string().describe('The file') },
        problems: [signInNeeded, proofNeeded],
      },
    },
    async (request, reply) => {
      const { format, ...wish } = request.body;
      const operation = { type: 'history-exported' as const, details: { format } };
      const { id, language } = await sensitive(
        ports,
        request,
        reply,
        operation,
        async ({ prover }) => prover,
      );
      const filter = filterOf(wish);
      const pieces =
        format === 'json' ? exportJson(ports, id, filter) : exportCsv(ports, id, filter, language);
      return sendFile(reply, pieces, format);
    },
  );
}

function sendFile(reply: FastifyReply, pieces: AsyncGenerator<string>, format: 'json' | 'csv') {
  const type = format === 'json' ? 'application/json' : 'text/csv; charset=utf-8';
  return reply
    .header('content-type', type)
    .header('content-disposition', `attachment; filename="access-history.${format}"`)
    .send(Readable.from(pieces, { objectMode: false }) as unknown as string);
}

function notMineRoute(app: App, ports: Ports): void {
  const { gate, authenticators } = ports;
  app.post(
    '/api/selfcare/history/not-me',
    {
      schema: {
        operationId: 'containAccount',
        summary: 'An access was not theirs: end everything, freeze the password until it is recovered',
        tags,
        body: NotMine,
        response: { 204: z.null() },
        problems: [signInNeeded],
      },
    },
    async (request, reply) => {
      const session = await requireSession(gate, request);
      const presenter = presenterOf(request, reply);
      await containAccount(gate, authenticators, session, presenter, request.body.access);
      clearSession(reply);
      return reply.code(204).send(null);
    },
  );
}

interface Asked {
  from?: string | undefined;
  to?: string | undefined;
  outcome?: 'success' | 'failure' | undefined;
  service?: string | undefined;
}

const filterOf = ({ from, to, outcome, service }: Asked): HistoryFilter => ({
  from: from === undefined ? null : new Date(from),
  to: to === undefined ? null : new Date(to),
  outcome: outcome ?? null,
  service: service === undefined ? null : service === OWN_PAGES ? '' : service,
});
