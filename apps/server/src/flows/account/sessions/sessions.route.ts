import { z } from 'zod';
import { proofNeeded, signInNeeded } from '../../../gate/gate.problems.ts';
import type { ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { clearSession, requireSession } from '../../../gate/http/presenter.ts';
import { sensitive } from '../../../gate/http/sensitive.ts';
import type { App } from '../../../platform/http/app.ts';
import { notFound } from '../../../platform/http/http.problems.ts';
import { EndAll, SessionList, SessionParams } from './sessions.schema.ts';
import { endAllSessions, listSessions, type SessionsPorts } from './sessions.service.ts';

const tags = ['session'];

/** Where the holder is signed in, and ending it. */
export function sessionsRoutes(app: App, ports: SessionsPorts & ViewPorts): void {
  const { gate } = ports;

  app.get(
    '/api/account/sessions',
    {
      schema: {
        operationId: 'listSessions',
        summary: 'Where this account is signed in: browser, place, time, portals',
        tags,
        response: { 200: SessionList },
        problems: [signInNeeded],
      },
    },
    async (request) => ({ sessions: await listSessions(ports, await requireSession(gate, request)) }),
  );

  app.post(
    '/api/account/sessions/:id/end',
    {
      schema: {
        operationId: 'endSession',
        summary: 'End one session, on every node at once',
        tags,
        params: SessionParams,
        response: { 204: z.null() },
        problems: [signInNeeded, proofNeeded, notFound],
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const operation = { type: 'session-ended' as const, details: { session: id } };
      await sensitive(ports, request, reply, operation, async ({ tx, prover }) => {
        if (!(await gate.sessions.end(tx, { accountId: prover.id, id }, gate.clock.now()))) throw notFound();
      });
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/account/sessions/end-all',
    {
      schema: {
        operationId: 'endAllSessions',
        summary: 'Sign out everywhere, here too unless the current session is kept',
        tags,
        body: EndAll,
        response: { 204: z.null() },
        problems: [signInNeeded, proofNeeded],
      },
    },
    async (request, reply) => {
      const { keepCurrent } = request.body;
      const operation = { type: 'all-sessions-ended' as const, details: { keepCurrent } };
      await sensitive(ports, request, reply, operation, ({ tx, session }) =>
        endAllSessions(gate, tx, session, keepCurrent),
      );
      if (!keepCurrent) clearSession(reply);
      return reply.code(204).send(null);
    },
  );
}
