import { z } from 'zod';
import type { Cases } from '../../../cases/cases.ports.ts';
import { notSuspended, restsAlready } from '../../../cases/cases.problems.ts';
import { operatorNeeded } from '../../../gate/gate.problems.ts';
import { announceHold, LONGEST_HOLD_DAYS } from '../../../gate/holds.ts';
import type { App } from '../../../platform/http/app.ts';
import { badInput } from '../../../platform/http/http.problems.ts';
import { actingOf, type DeskPorts, decisionProblems, helped } from './helped.ts';
import { callerUnverified, fileClosed } from './holders.problems.ts';
import { approval, FileParams } from './holders.schema.ts';
import { openedFile } from './search-holders.service.ts';
import {
  assertMaySuspend,
  ORIGINS,
  requestLift,
  type SuspensionWish,
  suspendHolder,
} from './suspend-holder.service.ts';

const tags = ['console'];
const words = z.string().trim().min(10).max(300);

const Suspend = z.strictObject({
  cause: z.enum(['holder-request', 'lost-credential', 'suspected-abuse']),
  reason: words.describe('What was asked or noticed; recorded'),
  days: z.int().min(1).max(LONGEST_HOLD_DAYS).optional().describe('Of a request of the holder'),
  origin: z.enum(ORIGINS).optional().describe('Of a request of the holder: by what it is known to be theirs'),
  check: z.string().max(64).optional().describe('Of `caller-verified`: what the app was asked'),
  approval,
});
const Suspended = z.object({
  until: z.iso.datetime().nullable(),
  ended: z.object({ sessions: z.int(), apps: z.int(), identities: z.int() }),
});
const Lift = z.strictObject({
  cause: z.enum(['holder-request', 'lost-credential', 'emergency-link', 'suspected-abuse']),
  verified: words.describe('How it was proven again whose account it is'),
});

/** Suspending a holder's account at the desk, and asking that two operators lift it. */
export function suspendHolderRoutes(app: App, ports: DeskPorts & { cases: Cases }): void {
  suspending(app, ports);
  lifting(app, ports);
}

function suspending(app: App, ports: DeskPorts): void {
  app.post(
    '/api/console/holders/:file/suspend',
    {
      schema: {
        operationId: 'suspendHolder',
        summary:
          'Suspend the holder’s account and identities, at once: on request, or because misuse is suspected',
        tags,
        params: FileParams,
        body: Suspend,
        response: { 200: Suspended },
        problems: [...decisionProblems, callerUnverified, restsAlready],
      },
    },
    async (request, reply) => {
      const { approval: given, reason } = request.body;
      const wish = wishOf(request.body);
      const details = { reason, ...plain(wish) };
      const what = {
        type: 'suspend-holder',
        recordedAs: 'suspended-by-desk' as const,
        details,
        approval: given,
      };
      const check = (
        tx: Parameters<typeof assertMaySuspend>[1],
        opened: Parameters<typeof assertMaySuspend>[2],
      ) => assertMaySuspend(ports, tx, opened, wish);
      const { hold, ended } = await helped(ports, request, reply, { ...what, check }, (tx, opened) =>
        suspendHolder(ports.gate, tx, opened, wish),
      );
      announceHold(ports.gate, hold.accountId);
      return { until: hold.until?.toISOString() ?? null, ended };
    },
  );
}

/** @throws badInput when a request says neither for how long nor how it came */
function wishOf({ cause, days, origin, check }: z.infer<typeof Suspend>): SuspensionWish {
  if (cause === 'suspected-abuse') return { cause };
  if (days === undefined) throw badInput({ fields: [{ path: 'days', rule: 'required' }] });
  if (origin === undefined) throw badInput({ fields: [{ path: 'origin', rule: 'required' }] });
  return { cause, days, origin, check: check ?? '' };
}

const plain = (wish: SuspensionWish): Record<string, string> =>
  Object.fromEntries(Object.entries(wish).map(([name, value]) => [name, String(value)]));

function lifting(app: App, ports: DeskPorts & { cases: Cases }): void {
  app.post(
    '/api/console/holders/:file/lift-requests',
    {
      schema: {
        operationId: 'requestHolderLift',
        summary: 'Ask that a suspension ends: two operators decide',
        tags,
        params: FileParams,
        body: Lift,
        response: { 201: z.object({ id: z.string().describe('The case') }) },
        problems: [operatorNeeded, fileClosed, notSuspended],
      },
    },
    async (request, reply) => {
      const acting = await actingOf(ports, request, reply);
      const id = await ports.gate.transaction(async (tx) => {
        const opened = await openedFile(ports, tx, acting, request.params.file);
        return requestLift(ports, tx, acting, opened, request.body);
      });
      return reply.code(201).send({ id });
    },
  );
}
