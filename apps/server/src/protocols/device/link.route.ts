import type { z } from 'zod';
import { smsUnavailable } from '../../factors/sms-code/sms-code.problems.ts';
import type { Identifiers } from '../../gate/account-ports.ts';
import { challenge } from '../../gate/challenge.ts';
import {
  ceremonyGone,
  challengeOver,
  codeRejected,
  deviceKnown,
  methodDisabled,
  methodUnavailable,
  proofMissing,
  sendLater,
  signInRefused,
  tooManyDevices,
  tooManyTries,
} from '../../gate/gate.problems.ts';
import { CeremonyAnswer, CeremonyParams, ChallengeAnswer } from '../../gate/http/ceremony.schema.ts';
import { ceremonyView, challengeView, type ViewPorts } from '../../gate/http/ceremony-view.ts';
import { finishLink, openLink, startLink } from '../../gate/link-app.ts';
import type { Scene } from '../../gate/model.ts';
import { APP_HANDS_IN } from '../../gate/policies.ts';
import { prove } from '../../gate/prove.ts';
import type { App } from '../../platform/http/app.ts';
import { requestNotSigned } from './device.problems.ts';
import { LinkAsk, Linked, LinkProof, Pairing, StartLink, Unlinked } from './link.schema.ts';
import { linkedView } from './linked-app.ts';
import { provenKeys } from './pairing-message.ts';
import { notSigned, type SignedRequestPorts, signedByKey } from './signed-request.ts';

const tags = ['device'];

export type LinkPorts = SignedRequestPorts & ViewPorts & { identifiers: Identifiers; service: string };

/** Linking an app from within it: name and password, then what the account asks for, then the keys. */
export function linkRoutes(app: App, ports: LinkPorts): void {
  const { gate } = ports;

  app.post(
    '/device/links',
    {
      schema: {
        operationId: 'startLink',
        summary: 'Begin to link the app by name and password; the answer says what is still to be proven',
        tags,
        body: StartLink,
        response: { 200: CeremonyAnswer },
        problems: [requestNotSigned, signInRefused, tooManyTries],
      },
    },
    async (request) => {
      const { deviceKey, ...given } = request.body;
      const presenter = await signedByKey(ports, request, deviceKey);
      return linkView(ports, await startLink(ports, given, presenter));
    },
  );

  app.post(
    '/device/links/:id',
    {
      schema: {
        operationId: 'getLink',
        summary: 'What is proven and what may be proven next, for an app that goes on with it',
        tags,
        params: CeremonyParams,
        body: Unlinked,
        response: { 200: CeremonyAnswer },
        problems: [requestNotSigned, ceremonyGone, tooManyTries],
      },
    },
    async (request) => {
      const presenter = await signedByKey(ports, request, request.body.deviceKey);
      return linkView(ports, await openLink(gate, request.params.id, presenter));
    },
  );

  linkProofRoutes(app, ports);
  finishLinkRoute(app, ports);
}

/** Only what an app can hand in is offered; who has nothing of the kind links it from a browser. */
async function linkView(ports: LinkPorts, scene: Scene): Promise<z.infer<typeof CeremonyAnswer>> {
  const view = await ceremonyView(ports, scene);
  return { ceremony: { ...view, options: view.options.filter(({ method }) => isHandedIn(method)) } };
}

const isHandedIn = (method: string) => APP_HANDS_IN.includes(method);

function linkProofRoutes(app: App, ports: LinkPorts): void {
  const { gate } = ports;

  app.post(
    '/device/links/:id/challenges',
    {
      schema: {
        operationId: 'startLinkChallenge',
        summary: 'Send a code, or ask another app of the account',
        tags,
        params: CeremonyParams,
        body: LinkAsk,
        response: { 201: ChallengeAnswer },
        problems: [
          requestNotSigned,
          ceremonyGone,
          methodUnavailable,
          sendLater,
          smsUnavailable,
          tooManyTries,
        ],
      },
    },
    async (request, reply) => {
      const { deviceKey, ...ask } = request.body;
      const presenter = await signedByKey(ports, request, deviceKey);
      const scene = await openLink(gate, request.params.id, presenter);
      if (!isHandedIn(ask.method)) throw methodUnavailable();
      const sent = await challenge(gate, scene, ask, presenter);
      return reply.code(201).send({ challenge: challengeView(gate, scene.prover, sent) });
    },
  );

  app.post(
    '/device/links/:id/proofs',
    {
      schema: {
        operationId: 'proveLink',
        summary: 'Hand in a code',
        tags,
        params: CeremonyParams,
        body: LinkProof,
        response: { 200: CeremonyAnswer },
        problems: [
          requestNotSigned,
          ceremonyGone,
          codeRejected,
          challengeOver,
          tooManyTries,
          methodDisabled,
          methodUnavailable,
        ],
      },
    },
    async (request) => {
      const { deviceKey, code, challenge: sent, ...ask } = request.body;
      const presenter = await signedByKey(ports, request, deviceKey);
      const scene = await openLink(gate, request.params.id, presenter);
      if (!isHandedIn(ask.method)) throw methodUnavailable();
      const proof = { scene, ask, challengeId: sent ?? null, response: { code }, presenter };
      return linkView(ports, await prove(gate, proof));
    },
  );
}

function finishLinkRoute(app: App, ports: LinkPorts): void {
  const { gate, issuer } = ports;

  app.post(
    '/device/links/:id/finish',
    {
      schema: {
        operationId: 'finishLink',
        summary: 'Link the app on what was proven; in its message, `code` is the id of the ceremony',
        tags,
        params: CeremonyParams,
        body: Pairing,
        response: { 201: Linked },
        problems: [requestNotSigned, ceremonyGone, proofMissing, deviceKnown, tooManyDevices, tooManyTries],
      },
    },
    async (request, reply) => {
      const { deviceKey, pairing, name } = request.body;
      const presenter = await signedByKey(ports, request, deviceKey);
      const { id } = request.params;
      const keys = await provenKeys(pairing, { issuer, issuerKey: null, code: id }, deviceKey);
      if (!keys) throw notSigned(gate);
      const { prover, ...linked } = await finishLink(gate, id, presenter, { ...keys, name });
      return reply.code(201).send(linkedView(linked, prover, ports.service));
    },
  );
}
