import type { z } from 'zod';
import { phoneNotAccepted, smsUnavailable } from '../../../factors/sms-code/sms-code.problems.ts';
import { openCeremony } from '../../../gate/begin.ts';
import {
  ceremonyGone,
  challengeOver,
  codeRejected,
  methodUnavailable,
  sendLater,
  tooManyTries,
} from '../../../gate/gate.problems.ts';
import { CeremonyAnswer, CeremonyParams, ChallengeAnswer } from '../../../gate/http/ceremony.schema.ts';
import { ceremonyView, challengeView } from '../../../gate/http/ceremony-view.ts';
import { lookAtSession, presenterOf, setRecognised } from '../../../gate/http/presenter.ts';
import type { Presenter, Scene } from '../../../gate/model.ts';
import type { App } from '../../../platform/http/app.ts';
import { finishSetUp } from './finish-set-up.service.ts';
import { EnrolmentAnswer, EnrolmentParams, FinishEnrolment, StartEnrolment } from './set-up-factor.schema.ts';
import {
  type Enrolment,
  type SetUpPorts,
  sendEnrolmentCode,
  startPasskey,
  startSms,
  startToken,
  startTotp,
} from './set-up-factor.service.ts';

const tags = ['second factor'];

/** Begins to set up what the request names. */
function start(
  ports: SetUpPorts,
  scene: Scene,
  wanted: z.infer<typeof StartEnrolment>,
  presenter: Presenter,
): Promise<Enrolment> {
  switch (wanted.method) {
    case 'totp':
      return startTotp(ports, scene, presenter);
    case 'passkey':
      return startPasskey(ports, scene, presenter);
    case 'hardware-token':
      return startToken(ports, scene, wanted.serial, presenter);
    case 'sms-code':
      return startSms(ports, scene, wanted.phone, presenter);
  }
}

/** Setting up a second factor: inside a sign-in (the wizard), from the account page, or in a recovery. */
export function setUpFactorRoutes(app: App, ports: SetUpPorts): void {
  const { gate } = ports;

  app.post(
    '/api/ceremonies/:id/enrolments',
    {
      schema: {
        operationId: 'startEnrolment',
        summary:
          'Begin to set up an authenticator app (a key is made), a phone number (a code is sent) a passkey (the browser is asked) or a hardware token (its codes are typed next)',
        tags,
        params: CeremonyParams,
        body: StartEnrolment,
        response: { 201: EnrolmentAnswer },
        problems: [ceremonyGone, methodUnavailable, phoneNotAccepted, sendLater, smsUnavailable],
      },
    },
    async (request, reply) => {
      const presenter = presenterOf(request, reply);
      const scene = await openCeremony(gate, request.params.id, presenter);
      const { challenge, contact, ...enrolment } = await start(ports, scene, request.body, presenter);
      const view = challenge ? challengeView(ports.gate, scene.prover, challenge, contact) : null;
      return reply.code(201).send({ enrolment: { ...enrolment, challenge: view } });
    },
  );

  app.post(
    '/api/ceremonies/:id/enrolments/:enrolment/challenges',
    {
      schema: {
        operationId: 'resendEnrolmentCode',
        summary: 'Send the code of a number being set up again; the earlier one is void',
        tags,
        params: EnrolmentParams,
        response: { 201: ChallengeAnswer },
        problems: [ceremonyGone, methodUnavailable, sendLater, smsUnavailable],
      },
    },
    async (request, reply) => {
      const presenter = presenterOf(request, reply);
      const { id, enrolment } = request.params;
      const scene = await openCeremony(gate, id, presenter);
      const sent = await sendEnrolmentCode(ports, scene, enrolment, presenter);
      return reply
        .code(201)
        .send({ challenge: challengeView(ports.gate, scene.prover, sent.challenge, sent.contact) });
    },
  );

  app.post(
    '/api/ceremonies/:id/enrolments/:enrolment/proofs',
    {
      schema: {
        operationId: 'finishEnrolment',
        summary: 'Prove possession of the new factor; from then on it is one of the account’s',
        tags,
        params: EnrolmentParams,
        body: FinishEnrolment,
        response: { 200: CeremonyAnswer },
        problems: [ceremonyGone, codeRejected, challengeOver, tooManyTries, methodUnavailable],
      },
    },
    async (request, reply) => {
      const presenter = presenterOf(request, reply);
      const { id, enrolment } = request.params;
      const { code, credential, challenge, label } = request.body;
      const scene = await openCeremony(gate, id, presenter);
      const { scene: after, recognised } = await finishSetUp(ports, {
        scene,
        id: enrolment,
        challengeId: challenge ?? null,
        response: { code, ...(credential ? { credential } : {}) },
        label: label ?? '',
        presenter,
        session: await lookAtSession(gate, request),
      });
      if (recognised) setRecognised(reply, recognised);
      return { ceremony: await ceremonyView(ports, after) };
    },
  );
}
