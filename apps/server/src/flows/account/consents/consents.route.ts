import { z } from 'zod';
import { proofNeeded, signInNeeded } from '../../../gate/gate.problems.ts';
import type { ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { requireSession } from '../../../gate/http/presenter.ts';
import { sensitive } from '../../../gate/http/sensitive.ts';
import type { App } from '../../../platform/http/app.ts';
import { notFound } from '../../../platform/http/http.problems.ts';
import { ConsentList, ConsentParams } from './consents.schema.ts';
import { type ConsentsPorts, listConsents } from './consents.service.ts';

const tags = ['account'];

/** Which portals may know what, and taking that back. */
export function consentsRoutes(app: App, ports: ConsentsPorts & ViewPorts): void {
  const { gate, consents } = ports;

  app.get(
    '/api/account/consents',
    {
      schema: {
        operationId: 'listConsents',
        summary: 'What the holder allowed which relying party to know',
        tags,
        response: { 200: ConsentList },
        problems: [signInNeeded],
      },
    },
    async (request) => ({ consents: await listConsents(ports, await requireSession(gate, request)) }),
  );

  app.post(
    '/api/account/consents/:clientId/revoke',
    {
      schema: {
        operationId: 'revokeConsent',
        summary: 'Take a consent back: every token that the relying party holds is dead at once',
        tags,
        params: ConsentParams,
        response: { 204: z.null() },
        problems: [signInNeeded, proofNeeded, notFound],
      },
    },
    async (request, reply) => {
      const { clientId } = request.params;
      const operation = { type: 'consent-revoked' as const, details: { clientId } };
      await sensitive(ports, request, reply, operation, async ({ tx, prover }) => {
        if (!(await consents.withdraw(tx, prover.id, clientId, gate.clock.now()))) throw notFound();
      });
      return reply.code(204).send(null);
    },
  );
}
