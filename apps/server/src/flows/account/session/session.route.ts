import { z } from 'zod';
import { raiseSession } from '../../../gate/admit.ts';
import { openCeremony } from '../../../gate/begin.ts';
import { ceremonyGone, proofMissing, signInNeeded } from '../../../gate/gate.problems.ts';
import {
  clearSession,
  lookAtSession,
  presenterOf,
  requireSession,
  sessionOf,
  setSessionToken,
} from '../../../gate/http/presenter.ts';
import type { Gate } from '../../../gate/ports.ts';
import { endOf, signOut } from '../../../gate/sessions.ts';
import type { App } from '../../../platform/http/app.ts';
import { FinishStepUp, SessionState } from './session.schema.ts';

const tags = ['session'];
/** Ceremonies of a session's own holder; who has just added a factor has proven it. */
const RAISING = ['step-up', 'add-authenticator'];

/** The browser's own session: what it is, making it stronger, ending it. */
export function sessionRoutes(app: App, { gate }: { gate: Gate }): void {
  app.get(
    '/api/session',
    {
      schema: {
        operationId: 'getSession',
        summary: 'Whether somebody is signed in here, and until when',
        tags,
        response: { 200: SessionState },
      },
    },
    async (request) => {
      const session = await lookAtSession(gate, request);
      const prover = session && (await gate.transaction((tx) => gate.accounts.load(tx, session.accountId)));
      if (!session || !prover) return { signedIn: false, account: null, expiresAt: null };
      const email = prover.contacts.find((one) => one.kind === 'email' && one.verifiedAt)?.address ?? '';
      const account = { userId: prover.userId, email, language: prover.language };
      return { signedIn: true, account, expiresAt: endOf(gate, session).toISOString() };
    },
  );

  app.post(
    '/api/step-up/finish',
    {
      schema: {
        operationId: 'finishStepUp',
        summary: 'Strengthen the session by what was proven; it gets a new token',
        tags,
        body: FinishStepUp,
        response: { 204: z.null() },
        problems: [signInNeeded, ceremonyGone, proofMissing],
      },
    },
    async (request, reply) => {
      const session = await requireSession(gate, request);
      const presenter = presenterOf(request, reply);
      const scene = await openCeremony(gate, request.body.ceremony, presenter);
      if (!RAISING.includes(scene.ceremony.purpose)) throw proofMissing();
      const { token } = await raiseSession(gate, scene, session, presenter);
      setSessionToken(reply, token);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/sign-out',
    {
      schema: {
        operationId: 'signOut',
        summary: 'End this session, here and at every portal that it opened',
        tags,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const session = await sessionOf(gate, request);
      const { client } = presenterOf(request, reply);
      if (session) await signOut(gate, session, client);
      clearSession(reply);
      return reply.code(204).send(null);
    },
  );
}
