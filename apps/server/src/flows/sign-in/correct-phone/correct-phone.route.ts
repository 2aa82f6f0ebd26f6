import { z } from 'zod';
import { phoneNotAccepted } from '../../../factors/sms-code/sms-code.problems.ts';
import { openCeremony } from '../../../gate/begin.ts';
import { ceremonyGone, methodUnavailable } from '../../../gate/gate.problems.ts';
import { CeremonyAnswer, CeremonyParams } from '../../../gate/http/ceremony.schema.ts';
import { ceremonyView, type ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { presenterOf } from '../../../gate/http/presenter.ts';
import type { App } from '../../../platform/http/app.ts';
import { type CorrectPhonePorts, correctPhone } from './correct-phone.service.ts';

/** A number that was mistyped at registration, corrected before it is confirmed. */
export function correctPhoneRoutes(app: App, ports: CorrectPhonePorts & ViewPorts): void {
  app.put(
    '/api/ceremonies/:id/phone',
    {
      schema: {
        operationId: 'correctPhone',
        summary: 'Correct the number that waits to be confirmed',
        tags: ['ceremonies'],
        params: CeremonyParams,
        body: z.strictObject({ phone: z.string().min(4).max(32) }),
        response: { 200: CeremonyAnswer },
        problems: [ceremonyGone, methodUnavailable, phoneNotAccepted],
      },
    },
    async (request, reply) => {
      const presenter = presenterOf(request, reply);
      const { id } = request.params;
      const scene = await openCeremony(ports.gate, id, presenter);
      await correctPhone(ports, scene, request.body.phone, presenter);
      return { ceremony: await ceremonyView(ports, await openCeremony(ports.gate, id, presenter)) };
    },
  );
}
