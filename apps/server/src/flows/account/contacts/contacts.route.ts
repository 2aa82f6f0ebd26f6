import { z } from 'zod';
import { phoneNotAccepted, smsUnavailable } from '../../../factors/sms-code/sms-code.problems.ts';
import {
  ceremonyGone,
  challengeOver,
  codeRejected,
  methodUnavailable,
  operationGone,
  proofMissing,
  proofNeeded,
  sendLater,
  signInNeeded,
  tooManyTries,
} from '../../../gate/gate.problems.ts';
import { CeremonyAnswer } from '../../../gate/http/ceremony.schema.ts';
import { ceremonyView, challengeView, type ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { presenterOf, requireSession } from '../../../gate/http/presenter.ts';
import { sensitive } from '../../../gate/http/sensitive.ts';
import type { App } from '../../../platform/http/app.ts';
import { notFound } from '../../../platform/http/http.problems.ts';
import { beginChange, finishChange, nameAddress, proposeChange } from './change-contact.service.ts';
import type { ContactPorts } from './contacts.ports.ts';
import { contactLocked, contactTheSame, emailNotAccepted } from './contacts.problems.ts';
import {
  BeginChange,
  Ceremony,
  Changed,
  ContactParams,
  FinishChange,
  NameAddress,
  Named,
} from './contacts.schema.ts';
import { beginVerification, finishVerification, proposeVerification } from './verify-contact.service.ts';

const tags = ['contacts'];
type Ports = ContactPorts & ViewPorts;

/** The holder's e-mail address and telephone number: confirm them, change them. */
export function contactsRoutes(app: App, ports: Ports): void {
  verifyRoutes(app, ports);
  beginRoute(app, ports);
  nameRoute(app, ports);
  finishRoute(app, ports);
}

function verifyRoutes(app: App, ports: Ports): void {
  app.post(
    '/api/account/contacts/:id/verification',
    {
      schema: {
        operationId: 'beginContactVerification',
        summary: 'Begin to confirm a contact of the account; the ceremony sends a code to it',
        tags,
        params: ContactParams,
        response: { 201: CeremonyAnswer },
        problems: [signInNeeded, proofNeeded, notFound, methodUnavailable],
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const begun = { type: 'contact-verification-begun' as const, details: { contact: id } };
      const allowed = await sensitive(ports, request, reply, begun, async (given) => ({
        ...given,
        operation: await proposeVerification(ports, given, id),
      }));
      const scene = await beginVerification(ports, allowed, allowed.operation);
      return reply.code(201).send({ ceremony: await ceremonyView(ports, scene, true) });
    },
  );

  app.post(
    '/api/account/contacts/verification/finish',
    {
      schema: {
        operationId: 'finishContactVerification',
        summary: 'Confirm the contact by the satisfied ceremony',
        tags,
        body: Ceremony,
        response: { 204: z.null() },
        problems: [signInNeeded, ceremonyGone, proofMissing, operationGone],
      },
    },
    async (request, reply) => {
      const session = await requireSession(ports.gate, request);
      await finishVerification(ports, session, request.body.ceremony, presenterOf(request, reply));
      return reply.code(204).send(null);
    },
  );
}

function beginRoute(app: App, ports: Ports): void {
  app.post(
    '/api/account/contacts/changes',
    {
      schema: {
        operationId: 'beginContactChange',
        summary: 'Begin to change a contact; the ceremony first asks for what authorises it',
        tags,
        body: BeginChange,
        response: { 201: CeremonyAnswer },
        problems: [signInNeeded, proofNeeded, contactLocked, methodUnavailable],
      },
    },
    async (request, reply) => {
      const { kind } = request.body;
      const begun = { type: 'contact-change-begun' as const, details: { kind } };
      const allowed = await sensitive(ports, request, reply, begun, async (given) => ({
        ...given,
        operation: await proposeChange(ports, given, kind),
      }));
      const scene = await beginChange(ports, allowed, allowed.operation);
      return reply.code(201).send({ ceremony: await ceremonyView(ports, scene, true) });
    },
  );
}

function nameRoute(app: App, ports: Ports): void {
  app.post(
    '/api/account/contacts/changes/address',
    {
      schema: {
        operationId: 'nameNewContact',
        summary: 'Name the new address or number, once the change is authorised; a code is sent to it',
        tags,
        body: NameAddress,
        response: { 201: Named },
        problems: [
          signInNeeded,
          ceremonyGone,
          operationGone,
          methodUnavailable,
          emailNotAccepted,
          phoneNotAccepted,
          contactTheSame,
          sendLater,
          smsUnavailable,
        ],
      },
    },
    async (request, reply) => {
      const session = await requireSession(ports.gate, request);
      const presenter = presenterOf(request, reply);
      const named = await nameAddress(ports, session, request.body, presenter);
      const { scene, challenge, contact } = named;
      return reply.code(201).send({
        ceremony: await ceremonyView(ports, scene),
        challenge: challengeView(ports.gate, scene.prover, challenge, contact),
      });
    },
  );
}

function finishRoute(app: App, ports: Ports): void {
  app.post(
    '/api/account/contacts/changes/finish',
    {
      schema: {
        operationId: 'finishContactChange',
        summary: 'Change the contact by the code that was sent to the new one; every other session ends',
        tags,
        body: FinishChange,
        response: { 200: Changed },
        problems: [
          signInNeeded,
          ceremonyGone,
          operationGone,
          methodUnavailable,
          codeRejected,
          challengeOver,
          tooManyTries,
        ],
      },
    },
    async (request, reply) => {
      const session = await requireSession(ports.gate, request);
      const changeableAt = await finishChange(ports, session, request.body, presenterOf(request, reply));
      return { changeableAt: changeableAt.toISOString() };
    },
  );
}
