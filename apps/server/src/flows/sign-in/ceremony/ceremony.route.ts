import { smsUnavailable } from '../../../factors/sms-code/sms-code.problems.ts';
import { openAnyCeremony } from '../../../gate/begin.ts';
import { challenge } from '../../../gate/challenge.ts';
import {
  ceremonyGone,
  challengeOver,
  codeRejected,
  methodDisabled,
  methodUnavailable,
  sendLater,
  tooManyTries,
} from '../../../gate/gate.problems.ts';
import { CeremonyAnswer, CeremonyParams, ChallengeAnswer } from '../../../gate/http/ceremony.schema.ts';
import { ceremonyView, challengeView, type ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { presenterOf } from '../../../gate/http/presenter.ts';
import { prove } from '../../../gate/prove.ts';
import { topicOf } from '../../../gate/waiting.ts';
import type { App } from '../../../platform/http/app.ts';
import { EventStream, type EventStreams } from '../../../platform/http/event-streams.ts';
import { tooManyStreams } from '../../../platform/http/http.problems.ts';
import { AskBody, ProofBody } from './ceremony.schema.ts';

const tags = ['ceremonies'];

/** One ceremony, whatever it is for: a page asks what is wanted, has codes sent, and hands proofs in. */
export function ceremonyRoutes(app: App, ports: ViewPorts & { streams: EventStreams }): void {
  const { gate, streams } = ports;

  app.get(
    '/api/ceremonies/:id',
    {
      schema: {
        operationId: 'getCeremony',
        summary: 'What is proven and what may be proven next',
        tags,
        params: CeremonyParams,
        response: { 200: CeremonyAnswer },
        problems: [ceremonyGone],
      },
    },
    async (request, reply) => {
      const scene = await openAnyCeremony(gate, request.params.id, presenterOf(request, reply));
      return { ceremony: await ceremonyView(ports, scene) };
    },
  );

  app.get(
    '/api/ceremonies/:id/events',
    {
      schema: {
        operationId: 'watchCeremony',
        summary: 'Server-sent events: `changed` now and whenever there is something new to ask for',
        tags,
        params: CeremonyParams,
        response: { 200: EventStream },
        problems: [ceremonyGone, tooManyStreams],
      },
    },
    async (request, reply) => {
      const { ceremony } = await openAnyCeremony(gate, request.params.id, presenterOf(request, reply));
      streams.open(reply, topicOf(ceremony), ceremony.expiresAt.getTime());
    },
  );

  app.post(
    '/api/ceremonies/:id/challenges',
    {
      schema: {
        operationId: 'startChallenge',
        summary:
          'Send a code, or ask for a passkey; what was asked before in the same step is void from then on',
        tags,
        params: CeremonyParams,
        body: AskBody,
        response: { 201: ChallengeAnswer },
        problems: [ceremonyGone, methodUnavailable, sendLater, smsUnavailable],
      },
    },
    async (request, reply) => {
      const presenter = presenterOf(request, reply);
      const scene = await openAnyCeremony(gate, request.params.id, presenter);
      const sent = await challenge(gate, scene, request.body, presenter);
      return reply.code(201).send({ challenge: challengeView(gate, scene.prover, sent) });
    },
  );

  app.post(
    '/api/ceremonies/:id/proofs',
    {
      schema: {
        operationId: 'proveChallenge',
        summary: 'Hand in a code, or what a passkey answered',
        tags,
        params: CeremonyParams,
        body: ProofBody,
        response: { 200: CeremonyAnswer },
        problems: [
          ceremonyGone,
          codeRejected,
          challengeOver,
          tooManyTries,
          methodDisabled,
          methodUnavailable,
        ],
      },
    },
    async (request, reply) => {
      const presenter = presenterOf(request, reply);
      const scene = await openAnyCeremony(gate, request.params.id, presenter);
      const { challenge: sent, code, credential, ...ask } = request.body;
      const response = { code, ...(credential ? { credential } : {}) };
      const proof = { scene, ask, challengeId: sent ?? null, response, presenter };
      return { ceremony: await ceremonyView(ports, await prove(gate, proof)) };
    },
  );
}
