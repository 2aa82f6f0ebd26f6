import { z } from 'zod';
import { suspendByLink } from '../../../gate/emergency-link.ts';
import { announceHold } from '../../../gate/holds.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { App } from '../../../platform/http/app.ts';
import { clientInfoOf } from '../../../platform/http/client-info.ts';
import { tooManyTries } from '../../../platform/limits/limits.problems.ts';
import { emergencyLinkUnknown } from './suspend.problems.ts';

/** From one network: nobody has so many cards, and nobody guesses one. */
const TRIES = { count: 10, perSeconds: 600 } as const;

const Body = z.strictObject({ code: z.string().min(1).max(100) });
const Suspended = z.object({ until: z.iso.datetime() });

/** Whoever has the emergency card, signed in or not, suspends the account it belongs to, and learns nothing of it. */
export function suspendByCardRoutes(app: App, { gate }: { gate: Gate }): void {
  app.post(
    '/api/suspensions/card',
    {
      schema: {
        operationId: 'suspendByCard',
        summary: 'Suspend the account that an emergency card belongs to; says nothing about it',
        tags: ['suspension'],
        body: Body,
        response: { 200: Suspended },
        problems: [emergencyLinkUnknown, tooManyTries],
      },
    },
    async (request) => {
      const client = clientInfoOf(request);
      gate.limits.take(`suspend-by-card:${client.network}`, TRIES);
      const suspended = await suspendByLink(gate, request.body.code, client);
      if (!suspended) throw emergencyLinkUnknown();
      announceHold(gate, suspended.accountId);
      return { until: suspended.until.toISOString() };
    },
  );
}
