import { emergencyCard, type Provider } from '@sigillo/documents';
import { romeDayOf } from '@sigillo/identity';
import { z } from 'zod';
import { makeEmergencyLink } from '../../../gate/emergency-link.ts';
import { proofNeeded, signInNeeded, tooManyTries } from '../../../gate/gate.problems.ts';
import type { ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { requireSession } from '../../../gate/http/presenter.ts';
import { sensitive } from '../../../gate/http/sensitive.ts';
import { notifyHolder } from '../../../gate/notices.ts';
import type { App } from '../../../platform/http/app.ts';
import { notFound } from '../../../platform/http/http.problems.ts';

export interface EmergencyCardPorts extends ViewPorts {
  provider: Provider;
  settings: { issuer: string };
}

/** A document each: not a way to keep others waiting. */
const CARDS = { count: 10, perSeconds: 3600 } as const;

const Standing = z.object({
  madeAt: z.iso.datetime().nullable().describe('When the card was made; null where there is none'),
});
const Made = z.object({
  madeAt: z.iso.datetime(),
  link: z.string().describe('What suspends the account; shown this once'),
  card: z.base64().describe('The card to print, a PDF'),
});

const tags = ['suspension'];
const path = '/api/selfcare/emergency-card';

/** The card for who has lost everything: what it says suspends the account, and nothing else. */
export function emergencyCardRoutes(app: App, ports: EmergencyCardPorts): void {
  const { gate } = ports;

  app.get(
    path,
    {
      schema: {
        operationId: 'getEmergencyCard',
        summary: 'Whether there is an emergency card, and since when',
        tags,
        response: { 200: Standing },
        problems: [signInNeeded],
      },
    },
    async (request) => {
      const { accountId } = await requireSession(gate, request);
      const madeAt = await gate.single((tx) => gate.emergencyLinks.madeAt(tx, accountId));
      return { madeAt: madeAt?.toISOString() ?? null };
    },
  );

  app.post(
    path,
    {
      schema: {
        operationId: 'makeEmergencyCard',
        summary: 'Make an emergency card, shown this once; the one before is worth nothing from then on',
        tags,
        response: { 201: Made },
        problems: [signInNeeded, proofNeeded, tooManyTries],
      },
    },
    async (request, reply) => {
      const { accountId } = await requireSession(gate, request);
      gate.limits.take(`emergency-cards:${accountId}`, CARDS);
      const operation = { type: 'emergency-link-made' as const, details: {} };
      const { link, language } = await sensitive(
        ports,
        request,
        reply,
        operation,
        async ({ tx, prover, presenter }) => {
          const secret = await makeEmergencyLink(gate, tx, prover.id);
          await notifyHolder(gate, tx, prover, presenter, { template: 'emergency-link-made' });
          return { link: `${ports.settings.issuer}/suspend#${secret}`, language: prover.language };
        },
      );
      const { provider } = ports;
      const madeOn = romeDayOf(gate.clock.nowMs());
      const pdf = await emergencyCard({ language, provider, madeOn, suspensionLink: link });
      const card = Buffer.from(pdf).toString('base64');
      return reply.code(201).send({ madeAt: gate.clock.now().toISOString(), link, card });
    },
  );

  withdrawal(app, ports);
}

function withdrawal(app: App, ports: EmergencyCardPorts): void {
  const { gate } = ports;
  app.post(
    `${path}/withdraw`,
    {
      schema: {
        operationId: 'withdrawEmergencyCard',
        summary: 'The card suspends nothing any more',
        tags,
        response: { 204: z.null() },
        problems: [signInNeeded, proofNeeded, notFound],
      },
    },
    async (request, reply) => {
      const operation = { type: 'emergency-link-withdrawn' as const, details: {} };
      await sensitive(ports, request, reply, operation, async ({ tx, prover, presenter }) => {
        if (!(await gate.emergencyLinks.withdraw(tx, prover.id))) throw notFound();
        await notifyHolder(gate, tx, prover, presenter, { template: 'emergency-link-withdrawn' });
      });
      return reply.code(204).send(null);
    },
  );
}
