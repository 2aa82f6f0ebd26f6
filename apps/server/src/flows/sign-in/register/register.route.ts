import { linkOver } from '../../../factors/email-link/email-link.problems.ts';
import { passwordRefused } from '../../../factors/password/choose-password.ts';
import { phoneNotAccepted } from '../../../factors/sms-code/sms-code.problems.ts';
import { ceremonyGone, tooManyTries } from '../../../gate/gate.problems.ts';
import { presenterOf } from '../../../gate/http/presenter.ts';
import type { App } from '../../../platform/http/app.ts';
import { type ConfirmPorts, confirmRegistration } from './confirm-registration.service.ts';
import { registrationPasswordNeeded, registrationPasswordWrong } from './register.problems.ts';
import { Confirm, Confirmed, Register, Registered, RegistrationParams, Resent } from './register.schema.ts';
import { RESEND_SECONDS, register, resendConfirmation } from './register.service.ts';

const tags = ['registration'];

/** Registration: taken down, confirmed by the link or by pasting it, and only then an account. */
export function registerRoutes(app: App, ports: ConfirmPorts): void {
  const resendAt = () => new Date(ports.gate.clock.nowMs() + RESEND_SECONDS * 1000).toISOString();

  app.post(
    '/api/registrations',
    {
      schema: {
        operationId: 'register',
        summary: 'Ask for an account; the same answer whether or not the address has one',
        tags,
        body: Register,
        response: { 202: Registered },
        problems: [passwordRefused, phoneNotAccepted, tooManyTries],
      },
    },
    async (request, reply) => {
      const { interaction: uid, phone, ...rest } = request.body;
      const registration = await register(ports, { ...rest, phone, uid }, presenterOf(request, reply));
      return reply.code(202).send({ registration: registration.id, resendAt: resendAt() });
    },
  );

  app.post(
    '/api/registrations/:id/resend',
    {
      schema: {
        operationId: 'resendConfirmation',
        summary: 'Send the confirmation again; the earlier link is void',
        tags,
        params: RegistrationParams,
        response: { 202: Resent },
        problems: [ceremonyGone, tooManyTries],
      },
    },
    async (request, reply) => {
      await resendConfirmation(ports, request.params.id, presenterOf(request, reply));
      return reply.code(202).send({ resendAt: resendAt() });
    },
  );

  app.post(
    '/api/registrations/confirm',
    {
      schema: {
        operationId: 'confirmRegistration',
        summary: 'Spend the link of the confirmation: the account comes to be, and its user id is told once',
        tags,
        body: Confirm,
        response: { 201: Confirmed },
        problems: [linkOver, registrationPasswordNeeded, registrationPasswordWrong, tooManyTries],
      },
    },
    async (request, reply) => {
      const holder = await confirmRegistration(ports, request.body, presenterOf(request, reply));
      return reply.code(201).send(holder);
    },
  );
}
