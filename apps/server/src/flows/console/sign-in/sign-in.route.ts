import { z } from 'zod';
import {
  ceremonyGone,
  operatorNeeded,
  proofMissing,
  signInRefused,
  tooManyTries,
} from '../../../gate/gate.problems.ts';
import { CeremonyAnswer } from '../../../gate/http/ceremony.schema.ts';
import { ceremonyView } from '../../../gate/http/ceremony-view.ts';
import { type OperatorPorts, requireOperator } from '../../../gate/http/operator.ts';
import { clearConsole, presenterOf, setConsoleCookies } from '../../../gate/http/presenter.ts';
import { ROLES } from '../../../gate/operators.ts';
import { endOf, signOut } from '../../../gate/sessions.ts';
import type { App } from '../../../platform/http/app.ts';
import { isProblem } from '../../../platform/http/problems.ts';
import { type ConsoleSignInPorts, finishConsoleSignIn, signInToConsole } from './sign-in.service.ts';

const tags = ['console'];

const ConsoleSession = z.object({
  signedIn: z.boolean(),
  operator: z
    .object({ id: z.string(), name: z.string(), email: z.string(), roles: z.array(z.enum(ROLES)) })
    .nullable(),
  language: z.enum(['it', 'en']).nullable(),
  expiresAt: z.iso.datetime().nullable(),
});

/** Signing in to the console, and out; who is there. */
export function consoleSignInRoutes(app: App, ports: OperatorPorts & ConsoleSignInPorts): void {
  const { gate } = ports;
  app.get(
    '/api/console/session',
    {
      schema: {
        operationId: 'getConsoleSession',
        summary:
          'Which operator is signed in to the console here, and until when; asking does not prolong it',
        tags,
        response: { 200: ConsoleSession },
      },
    },
    async (request) => {
      const found = await requireOperator(ports, request, ROLES, false).catch((error: unknown) => {
        if (isProblem(error, 'operator-needed')) return undefined;
        throw error;
      });
      const prover = found && (await gate.single((tx) => gate.accounts.load(tx, found.session.accountId)));
      if (!found || !prover) return { signedIn: false, operator: null, language: null, expiresAt: null };
      const { accountId: id, name, roles } = found.operator;
      const email = prover.contacts.find((one) => one.kind === 'email')?.address ?? '';
      const expiresAt = endOf(gate, found.session).toISOString();
      return {
        signedIn: true,
        operator: { id, name, email, roles: [...roles] },
        language: prover.language,
        expiresAt,
      };
    },
  );

  app.post(
    '/api/console/session',
    {
      schema: {
        operationId: 'keepConsoleSession',
        summary: 'Still there: counts as a use of the operator’s session',
        tags,
        response: { 204: z.null() },
        problems: [operatorNeeded],
      },
    },
    async (request, reply) => {
      await requireOperator(ports, request);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/console/sign-in/password',
    {
      schema: {
        operationId: 'signInToConsole',
        summary: 'Prove an operator’s password; the answer is a ceremony that asks for the key',
        tags,
        body: z.strictObject({
          email: z.string().min(1).max(320),
          password: z.string().min(1).max(4096),
        }),
        response: { 200: CeremonyAnswer },
        problems: [signInRefused, tooManyTries],
      },
    },
    async (request, reply) => {
      const scene = await signInToConsole(ports, request.body, presenterOf(request, reply));
      return { ceremony: await ceremonyView(ports, scene, true) };
    },
  );

  app.post(
    '/api/console/sign-in/finish',
    {
      schema: {
        operationId: 'finishConsoleSignIn',
        summary: 'Turn what was proven, at level 3, into a session of the console',
        tags,
        body: z.strictObject({ ceremony: z.string().min(1).max(64) }),
        response: { 204: z.null() },
        problems: [proofMissing, ceremonyGone, operatorNeeded],
      },
    },
    async (request, reply) => {
      const presenter = presenterOf(request, reply);
      setConsoleCookies(reply, await finishConsoleSignIn(ports, request.body.ceremony, presenter));
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/console/sign-out',
    {
      schema: {
        operationId: 'signOutOfConsole',
        summary: 'End the operator’s session',
        tags,
        response: { 204: z.null() },
        problems: [operatorNeeded],
      },
    },
    async (request, reply) => {
      const { session } = await requireOperator(ports, request);
      await signOut(gate, session, presenterOf(request, reply).client);
      clearConsole(reply);
      return reply.code(204).send(null);
    },
  );
}
