import { z } from 'zod';
import { proofNeeded, signInNeeded, tooManyTries } from '../../../gate/gate.problems.ts';
import type { ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { clearSession, presenterOf, requireSession } from '../../../gate/http/presenter.ts';
import { sensitive } from '../../../gate/http/sensitive.ts';
import type { App } from '../../../platform/http/app.ts';
import { cancelErasure, requestErasure } from './erasure.service.ts';
import { requestExport, takeExport } from './export.service.ts';
import { contactChanged, erasureGone, exportGone, identityHeld } from './privacy.problems.ts';
import { AccountData, ErasureBegun, LinkToken, PrivacyView } from './privacy.schema.ts';
import { type PrivacyPorts, privacyOf, refuseHeld } from './privacy.service.ts';

const tags = ['account'];
/** Making the data reads all there is of an account. */
const EXPORTS = { count: 5, perSeconds: 24 * 60 * 60 } as const;
const CANCELS = { count: 60, perSeconds: 60 * 60 } as const;

type Ports = PrivacyPorts & ViewPorts;

/** The holder's data in their own hands, and the end of the account ([PRV-1], [PRV-2]). */
export function privacyRoutes(app: App, ports: Ports): void {
  exportRoutes(app, ports);
  erasureRoutes(app, ports);
}

function exportRoutes(app: App, ports: Ports): void {
  const { gate } = ports;

  app.get(
    '/api/account/privacy',
    {
      schema: {
        operationId: 'getPrivacy',
        summary: 'Data that was asked for, and what an erasure would keep',
        tags,
        response: { 200: PrivacyView },
        problems: [signInNeeded],
      },
    },
    async (request) => {
      const { accountId } = await requireSession(gate, request);
      return gate.transaction((tx) => privacyOf(ports, tx, accountId));
    },
  );

  app.post(
    '/api/account/exports',
    {
      schema: {
        operationId: 'requestExport',
        summary: 'Ask for all data of the account; a link that works once comes by e-mail',
        tags,
        response: { 202: z.null() },
        problems: [signInNeeded, proofNeeded, contactChanged, tooManyTries],
      },
    },
    async (request, reply) => {
      const { accountId } = await requireSession(gate, request);
      const operation = { type: 'export-requested' as const, details: {} };
      await sensitive(ports, request, reply, operation, async ({ tx, prover, presenter }) => {
        gate.limits.take(`exports:${accountId}`, EXPORTS);
        await refuseHeld(ports, tx, prover.id);
        await requestExport(ports, tx, prover, presenter);
      });
      return reply.code(202).send(null);
    },
  );

  app.post(
    '/api/account/exports/fetch',
    {
      schema: {
        operationId: 'fetchExport',
        summary: 'The data that a link is for: once, and to its holder alone',
        tags,
        body: LinkToken,
        response: { 200: AccountData },
        problems: [signInNeeded, proofNeeded, exportGone],
      },
    },
    (request, reply) => {
      const operation = { type: 'export-fetched' as const, details: {} };
      return sensitive(ports, request, reply, operation, ({ tx, prover }) =>
        takeExport(ports, tx, prover.id, request.body.token),
      );
    },
  );
}

function erasureRoutes(app: App, ports: Ports): void {
  const { gate } = ports;

  app.post(
    '/api/account/erasure',
    {
      schema: {
        operationId: 'requestErasure',
        summary:
          'Close the account at once, and have it deleted when the days to think better of it are over',
        tags,
        response: { 200: ErasureBegun },
        problems: [signInNeeded, proofNeeded, contactChanged, identityHeld],
      },
    },
    async (request, reply) => {
      const operation = { type: 'erasure-requested' as const, details: {} };
      const beginsAt = await sensitive(ports, request, reply, operation, async (allowed) => {
        const { tx, prover, presenter } = allowed;
        await refuseHeld(ports, tx, prover.id);
        return requestErasure(ports, tx, prover, presenter);
      });
      clearSession(reply);
      return { beginsAt: beginsAt.toISOString() };
    },
  );

  app.post(
    '/api/erasure/cancel',
    {
      schema: {
        operationId: 'cancelErasure',
        summary: 'Keep an account that was to be erased, by the link that was sent',
        tags,
        body: LinkToken,
        response: { 204: z.null() },
        problems: [erasureGone, tooManyTries],
      },
    },
    async (request, reply) => {
      const presenter = presenterOf(request, reply);
      gate.limits.take(`cancel-erasure:${presenter.client.network}`, CANCELS);
      await cancelErasure(ports, request.body.token, presenter);
      return reply.code(204).send(null);
    },
  );
}
