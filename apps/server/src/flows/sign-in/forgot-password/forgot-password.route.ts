import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { linkOver } from '../../../factors/email-link/email-link.problems.ts';
import { passwordRefused } from '../../../factors/password/choose-password.ts';
import { tooManyTries } from '../../../gate/gate.problems.ts';
import { linkPresenter, presenterOf, setRecognised } from '../../../gate/http/presenter.ts';
import type { Presenter } from '../../../gate/model.ts';
import type { Interactions } from '../../../gate/relying-party.ts';
import type { App } from '../../../platform/http/app.ts';
import { clientInfoOf } from '../../../platform/http/client-info.ts';
import {
  CheckReset,
  CompleteReset,
  RequestReset,
  ResetChecked,
  ResetDone,
} from './forgot-password.schema.ts';
import {
  checkReset,
  completeReset,
  type ForgotPasswordPorts,
  requestReset,
} from './forgot-password.service.ts';

const tags = ['recovery'];

/** Writing a letter takes longer than writing none: nobody is answered before either could be done ([RATE-1]). */
const ANSWER_AFTER_MS = 100;

/** Forgotten password: a link to the confirmed address, good for half an hour and one use. */
export function forgotPasswordRoutes(
  app: App,
  ports: ForgotPasswordPorts & { interactions: Interactions },
): void {
  app.post(
    '/api/password-resets',
    {
      schema: {
        operationId: 'requestPasswordReset',
        summary: 'Ask for a link; the same answer whether or not the account exists',
        tags,
        body: RequestReset,
        response: { 202: z.object({}) },
        problems: [tooManyTries],
      },
    },
    async (request, reply) => {
      const { identifier, interaction } = request.body;
      const presenter = presenterOf(request, reply);
      const isWaiting = interaction && (await ports.interactions.find(interaction, presenter));
      const uid = isWaiting ? interaction : undefined;
      await Promise.all([requestReset(ports, { identifier, uid }, presenter), sleep(ANSWER_AFTER_MS)]);
      return reply.code(202).send({});
    },
  );

  app.post(
    '/api/password-resets/check',
    {
      schema: {
        operationId: 'checkPasswordReset',
        summary: 'Whether a link is still good; spends nothing',
        tags,
        body: CheckReset,
        response: { 200: ResetChecked },
        problems: [linkOver, tooManyTries],
      },
    },
    (request) => checkReset(ports, request.body.token, clientInfoOf(request)),
  );

  app.post(
    '/api/password-resets/complete',
    {
      schema: {
        operationId: 'completePasswordReset',
        summary: 'Set a new password by the link; ends every session and opens none',
        tags,
        body: CompleteReset,
        response: { 200: ResetDone },
        problems: [linkOver, passwordRefused, tooManyTries],
      },
    },
    async (request, reply) => {
      const { token, password, interaction: uid } = request.body;
      const browser = presenterOf(request, reply);
      const presenter = linkPresenter(browser.client, token);
      setRecognised(reply, await completeReset(ports, { token, password }, presenter));
      return { continueTo: await whereNext(ports.interactions, uid, browser) };
    },
  );
}

/** At the request that waits in this browser; else back at the portal that made it; else at our own. */
async function whereNext(
  interactions: Interactions,
  uid: string | undefined,
  browser: Presenter,
): Promise<string> {
  if (uid === undefined) return '/sign-in';
  const isWaiting = (await interactions.find(uid, browser)) !== undefined;
  if (isWaiting) return `/sign-in?interaction=${encodeURIComponent(uid)}`;
  return (await interactions.homeOf(uid)) ?? '/sign-in';
}
