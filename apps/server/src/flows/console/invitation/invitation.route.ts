import { z } from 'zod';
import { linkOver } from '../../../factors/email-link/email-link.problems.ts';
import { Attestation } from '../../../factors/passkey/credential.schema.ts';
import { passwordRefused } from '../../../factors/password/choose-password.ts';
import { ceremonyGone, challengeOver, codeRejected, tooManyTries } from '../../../gate/gate.problems.ts';
import { PublicKeyOptions } from '../../../gate/http/ceremony.schema.ts';
import { presenterOf } from '../../../gate/http/presenter.ts';
import { ROLES } from '../../../gate/operators.ts';
import {
  type AcceptPorts,
  acceptInvitation,
  openInvitation,
  startKey,
} from '../../../operators/accept-invitation.service.ts';
import { keyNotBound } from '../../../operators/operators.problems.ts';
import type { App } from '../../../platform/http/app.ts';

const tags = ['console'];
const token = z.string().min(1).max(128);
const password = z.string().min(1).max(4096);

/** Taking up an invitation to the console. The token is in the body: looking at the link spends nothing. */
export function invitationRoutes(app: App, ports: AcceptPorts): void {
  app.post(
    '/api/console/invitation',
    {
      schema: {
        operationId: 'openInvitation',
        summary: 'Whom an invitation to the console is for; spends nothing',
        tags,
        body: z.strictObject({ token }),
        response: {
          200: z.object({
            email: z.string(),
            roles: z.array(z.enum(ROLES)),
            passwordMinLength: z.int().describe('Code points that a new password needs at least'),
          }),
        },
        problems: [linkOver, tooManyTries],
      },
    },
    async (request, reply) => {
      const presenter = presenterOf(request, reply);
      const { email, operator } = await openInvitation(ports, request.body.token, presenter);
      return { email, roles: [...operator.roles], passwordMinLength: ports.passwords.minLength };
    },
  );

  app.post(
    '/api/console/invitation/key',
    {
      schema: {
        operationId: 'startOperatorKey',
        summary: 'What to ask the browser with for the operator’s key, once the password may be chosen',
        tags,
        body: z.strictObject({ token, password }),
        response: {
          201: z.object({
            ceremony: z.string(),
            enrolment: z.string(),
            challenge: z.string(),
            publicKey: PublicKeyOptions,
          }),
        },
        problems: [linkOver, passwordRefused, tooManyTries],
      },
    },
    async (request, reply) => {
      const asked = await startKey(ports, request.body, presenterOf(request, reply));
      const { ceremony, enrolment, challenge } = asked;
      const publicKey = (challenge.reveal?.publicKey ?? {}) as Record<string, unknown>;
      return reply.code(201).send({ ceremony, enrolment, challenge: challenge.id, publicKey });
    },
  );

  app.post(
    '/api/console/invitation/accept',
    {
      schema: {
        operationId: 'acceptInvitation',
        summary: 'Take the invitation up with the key that the browser made; opens no session',
        tags,
        body: z.strictObject({
          token,
          password,
          name: z.string().trim().min(2).max(80),
          language: z.enum(['it', 'en']),
          ceremony: z.string().min(1).max(64),
          enrolment: z.uuid(),
          challenge: z.uuid(),
          credential: Attestation,
        }),
        response: { 204: z.null() },
        problems: [
          linkOver,
          passwordRefused,
          keyNotBound,
          ceremonyGone,
          challengeOver,
          codeRejected,
          tooManyTries,
        ],
      },
    },
    async (request, reply) => {
      await acceptInvitation(ports, request.body, presenterOf(request, reply));
      return reply.code(204).send(null);
    },
  );
}
