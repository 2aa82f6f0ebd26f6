import { z } from 'zod';
import { passwordRefused } from '../../../factors/password/choose-password.ts';
import { passwordWrong } from '../../../factors/password/password.problems.ts';
import {
  ceremonyGone,
  methodDisabled,
  methodUnavailable,
  operationGone,
  proofMissing,
  signInNeeded,
  tooManyTries,
} from '../../../gate/gate.problems.ts';
import { CeremonyAnswer } from '../../../gate/http/ceremony.schema.ts';
import { ceremonyView, type ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { clearSession, presenterOf, requireSession, setRecognised } from '../../../gate/http/presenter.ts';
import type { App } from '../../../platform/http/app.ts';
import { BeginPasswordChange, FinishPasswordChange, PasswordRulesView } from './change-password.schema.ts';
import {
  beginPasswordChange,
  type ChangePasswordPorts,
  finishPasswordChange,
} from './change-password.service.ts';

const tags = ['account'];

/** A new password in place of the one in use: current, new, second factor; then everybody signs in again. */
export function changePasswordRoutes(app: App, ports: ChangePasswordPorts & ViewPorts): void {
  const { gate } = ports;

  app.get(
    '/api/account/password',
    {
      schema: {
        operationId: 'getPasswordRules',
        summary: 'What a new password of this account must be like',
        tags,
        response: { 200: PasswordRulesView },
        problems: [signInNeeded],
      },
    },
    async (request) => {
      const { accountId } = await requireSession(gate, request);
      const prover = await gate.single((tx) => gate.accounts.load(tx, accountId));
      return { minLength: ports.passwords.minLength, identity: prover?.holdsIdentity === true };
    },
  );

  app.post(
    '/api/account/password',
    {
      schema: {
        operationId: 'beginPasswordChange',
        summary:
          'Prove the password in use and name the new one; the ceremony then asks for the second factor',
        tags,
        body: BeginPasswordChange,
        response: { 201: CeremonyAnswer },
        problems: [
          signInNeeded,
          passwordRefused,
          passwordWrong,
          tooManyTries,
          methodDisabled,
          methodUnavailable,
        ],
      },
    },
    async (request, reply) => {
      const session = await requireSession(gate, request);
      const scene = await beginPasswordChange(ports, session, request.body, presenterOf(request, reply));
      return reply.code(201).send({ ceremony: await ceremonyView(ports, scene) });
    },
  );

  app.post(
    '/api/account/password/finish',
    {
      schema: {
        operationId: 'finishPasswordChange',
        summary: 'Change the password by the satisfied ceremony; every session and token ends, this one too',
        tags,
        body: FinishPasswordChange,
        response: { 204: z.null() },
        problems: [signInNeeded, ceremonyGone, proofMissing, operationGone],
      },
    },
    async (request, reply) => {
      const session = await requireSession(gate, request);
      const presenter = presenterOf(request, reply);
      setRecognised(reply, await finishPasswordChange(ports, session, request.body.ceremony, presenter));
      clearSession(reply);
      return reply.code(204).send(null);
    },
  );
}
