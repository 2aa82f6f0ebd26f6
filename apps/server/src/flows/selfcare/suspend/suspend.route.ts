import { z } from 'zod';
import { operationGone, proofNeeded, signInNeeded } from '../../../gate/gate.problems.ts';
import { announceHold, LONGEST_HOLD_DAYS } from '../../../gate/holds.ts';
import type { ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { clearSession } from '../../../gate/http/presenter.ts';
import { sensitiveBound } from '../../../gate/http/sensitive.ts';
import type { App } from '../../../platform/http/app.ts';
import { REASONS, suspendOwn, suspensionOperation } from './suspend.service.ts';

const Body = z.strictObject({
  reason: z.enum(REASONS),
  days: z.int().min(1).max(LONGEST_HOLD_DAYS).describe('After so many days it ends by itself, if it may'),
  operation: z.uuid().optional().describe('What the first call named, once it is approved'),
});

const Receipt = z.object({
  at: z.iso.datetime(),
  until: z.iso.datetime(),
  ended: z.object({
    sessions: z.int(),
    apps: z.int().describe('Authenticator apps that are not answered any more'),
    identities: z.int().describe('Digital identities that rest'),
  }),
});

/** The holder suspends the account and the identities that it holds. */
export function suspendRoutes(app: App, ports: ViewPorts): void {
  app.post(
    '/api/selfcare/suspension',
    {
      schema: {
        operationId: 'suspendAccount',
        summary: 'Suspend one’s own account at once, which has to be confirmed with a one-time code',
        tags: ['suspension'],
        body: Body,
        response: { 200: Receipt },
        problems: [signInNeeded, proofNeeded, operationGone],
      },
    },
    async (request, reply) => {
      const { operation, ...wish } = request.body;
      const bound = suspensionOperation(wish);
      const { hold, ended } = await sensitiveBound(ports, request, reply, bound, operation, (allowed) =>
        suspendOwn(ports.gate, allowed, wish),
      );
      announceHold(ports.gate, hold.accountId);
      clearSession(reply);
      const until = hold.until ?? hold.since;
      return { at: hold.since.toISOString(), until: until.toISOString(), ended };
    },
  );
}
