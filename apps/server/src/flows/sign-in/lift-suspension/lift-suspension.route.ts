import type { z } from 'zod';
import { openAnyCeremony } from '../../../gate/begin.ts';
import { ceremonyGone, proofMissing } from '../../../gate/gate.problems.ts';
import { CeremonyParams } from '../../../gate/http/ceremony.schema.ts';
import { presenterOf } from '../../../gate/http/presenter.ts';
import { admitLift, type HoldStanding, standingsOf } from '../../../gate/lift.ts';
import { LIFT_SUSPENSION } from '../../../gate/policies.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { App } from '../../../platform/http/app.ts';
import { type HoldView, Lifted, Suspension } from './lift-suspension.schema.ts';

const tags = ['suspension'];

/** The one thing that a suspended account reaches: why it rests, and ending that. */
export function liftSuspensionRoutes(app: App, { gate }: { gate: Gate }): void {
  app.get(
    '/api/ceremonies/:id/suspension',
    {
      schema: {
        operationId: 'getSuspension',
        summary: 'Why the account rests, and who ends that; for whoever has given its password',
        tags,
        params: CeremonyParams,
        response: { 200: Suspension },
        problems: [ceremonyGone],
      },
    },
    async (request, reply) => {
      const scene = await openAnyCeremony(gate, request.params.id, presenterOf(request, reply));
      if (scene.ceremony.purpose !== LIFT_SUSPENSION) throw ceremonyGone();
      return { holds: (await standingsOf(gate, scene)).map(view) };
    },
  );

  app.post(
    '/api/ceremonies/:id/lift',
    {
      schema: {
        operationId: 'liftSuspension',
        summary: 'End the suspension by what was proven; sign in afterwards',
        tags,
        params: CeremonyParams,
        response: { 200: Lifted },
        problems: [ceremonyGone, proofMissing],
      },
    },
    async (request, reply) => {
      const presenter = presenterOf(request, reply);
      const scene = await openAnyCeremony(gate, request.params.id, presenter);
      const { isActive, left } = await admitLift(gate, scene, presenter);
      return { active: isActive, left: left.map(view) };
    },
  );
}

function view({ hold, lifts, doubts }: HoldStanding): z.infer<typeof HoldView> {
  const { cause, since, until } = hold;
  return { cause, since: since.toISOString(), until: until?.toISOString() ?? null, lifts, doubts };
}
