import { openCeremony } from '../../../gate/begin.ts';
import { ceremonyGone, methodUnavailable } from '../../../gate/gate.problems.ts';
import { CeremonyAnswer, CeremonyParams } from '../../../gate/http/ceremony.schema.ts';
import { ceremonyView, type ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { presenterOf } from '../../../gate/http/presenter.ts';
import type { App } from '../../../platform/http/app.ts';
import { startRecovery } from './recover-second-factor.service.ts';

/** "I can't use any of these": from a sign-in to the recovery of the second factor. */
export function recoverSecondFactorRoutes(app: App, ports: ViewPorts): void {
  app.post(
    '/api/ceremonies/:id/recovery',
    {
      schema: {
        operationId: 'startRecovery',
        summary: 'Begin to replace a lost second factor',
        tags: ['recovery'],
        params: CeremonyParams,
        response: { 201: CeremonyAnswer },
        problems: [ceremonyGone, methodUnavailable],
      },
    },
    async (request, reply) => {
      const presenter = presenterOf(request, reply);
      const signIn = await openCeremony(ports.gate, request.params.id, presenter);
      const scene = await startRecovery(ports.gate, signIn, presenter);
      return reply.code(201).send({ ceremony: await ceremonyView(ports, scene) });
    },
  );
}
