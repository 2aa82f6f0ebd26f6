import { passwordRefused } from '../../../factors/password/choose-password.ts';
import { passwordWrong } from '../../../factors/password/password.problems.ts';
import { openCeremony } from '../../../gate/begin.ts';
import {
  ceremonyGone,
  methodDisabled,
  methodUnavailable,
  proofMissing,
  tooManyTries,
} from '../../../gate/gate.problems.ts';
import { CeremonyAnswer, CeremonyParams } from '../../../gate/http/ceremony.schema.ts';
import { ceremonyView, type ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { presenterOf, setRecognised } from '../../../gate/http/presenter.ts';
import type { App } from '../../../platform/http/app.ts';
import { RenewPassword } from './renew-password.schema.ts';
import { type RenewPasswordPorts, renewOverPassword } from './renew-password.service.ts';

/** A sign-in whose password is over: another one, in the same ceremony. */
export function renewPasswordRoutes(app: App, ports: RenewPasswordPorts & ViewPorts): void {
  app.post(
    '/api/ceremonies/:id/password',
    {
      schema: {
        operationId: 'renewPassword',
        summary:
          'Choose a new password in the place of one that is over; every session and token ends, this sign-in goes on',
        tags: ['ceremonies'],
        params: CeremonyParams,
        body: RenewPassword,
        response: { 200: CeremonyAnswer },
        problems: [
          ceremonyGone,
          methodUnavailable,
          proofMissing,
          passwordRefused,
          passwordWrong,
          tooManyTries,
          methodDisabled,
        ],
      },
    },
    async (request, reply) => {
      const presenter = presenterOf(request, reply);
      const before = await openCeremony(ports.gate, request.params.id, presenter);
      const { scene, recognised } = await renewOverPassword(ports, before, request.body, presenter);
      setRecognised(reply, recognised);
      return { ceremony: await ceremonyView(ports, scene) };
    },
  );
}
