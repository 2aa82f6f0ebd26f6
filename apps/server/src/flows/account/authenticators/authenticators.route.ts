import { z } from 'zod';
import { proofNeeded, signInNeeded } from '../../../gate/gate.problems.ts';
import { CeremonyAnswer } from '../../../gate/http/ceremony.schema.ts';
import { ceremonyView, type ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { requireSession } from '../../../gate/http/presenter.ts';
import { sensitive } from '../../../gate/http/sensitive.ts';
import type { App } from '../../../platform/http/app.ts';
import { clientInfoOf } from '../../../platform/http/client-info.ts';
import { notFound } from '../../../platform/http/http.problems.ts';
import {
  type AuthenticatorPorts,
  beginAdding,
  removeAuthenticator,
  renameAuthenticator,
} from './authenticators.service.ts';

const tags = ['second factor'];
const Params = z.object({ id: z.uuid() });
const Rename = z.strictObject({
  label: z
    .string()
    .trim()
    .max(40)
    .regex(/^[^\p{C}]*$/u),
});

/** The holder's second factors: add, name, remove. */
export function authenticatorRoutes(app: App, ports: AuthenticatorPorts & ViewPorts): void {
  const { gate } = ports;

  app.post(
    '/api/account/authenticators',
    {
      schema: {
        operationId: 'addAuthenticator',
        summary: 'Begin to add a second factor; the enrolment calls of the ceremony do the rest',
        tags,
        response: { 201: CeremonyAnswer },
        problems: [signInNeeded, proofNeeded],
      },
    },
    async (request, reply) => {
      const operation = { type: 'factor-adding-begun' as const, details: {} };
      const allowed = await sensitive(ports, request, reply, operation, async (given) => given);
      const session = await requireSession(gate, request);
      const scene = await beginAdding(gate, allowed.prover, session, allowed.presenter);
      return reply.code(201).send({ ceremony: await ceremonyView(ports, scene) });
    },
  );

  app.post(
    '/api/account/authenticators/:id/remove',
    {
      schema: {
        operationId: 'removeAuthenticator',
        summary: 'Remove a second factor; every other session and every token ends',
        tags,
        params: Params,
        response: { 204: z.null() },
        problems: [signInNeeded, proofNeeded, notFound],
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const operation = { type: 'factor-removed' as const, details: { authenticator: id } };
      await sensitive(ports, request, reply, operation, (allowed) => removeAuthenticator(ports, allowed, id));
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/account/authenticators/:id/rename',
    {
      schema: {
        operationId: 'renameAuthenticator',
        summary: 'Give a second factor another name',
        tags,
        params: Params,
        body: Rename,
        response: { 204: z.null() },
        problems: [signInNeeded, notFound],
      },
    },
    async (request, reply) => {
      const session = await requireSession(gate, request);
      const renamed = { id: request.params.id, label: request.body.label };
      await renameAuthenticator(ports, session, renamed, clientInfoOf(request));
      return reply.code(204).send(null);
    },
  );
}
