import { challengeOver, tooManyTries } from '../../../gate/gate.problems.ts';
import { CeremonyAnswer } from '../../../gate/http/ceremony.schema.ts';
import { ceremonyView } from '../../../gate/http/ceremony-view.ts';
import { presenterOf } from '../../../gate/http/presenter.ts';
import type { RelyingParties } from '../../../gate/relying-party.ts';
import type { App } from '../../../platform/http/app.ts';
import { type PasskeySignInPorts, signInWithPasskey, startPasskeySignIn } from './passkey.service.ts';
import { interactionGone, passkeyRefused } from './sign-in.problems.ts';
import { PasskeyQuestion, PasskeySignIn } from './sign-in.schema.ts';

/** Signing in with a passkey alone, before anybody has said who they are. */
export function passkeySignInRoutes(
  app: App,
  ports: PasskeySignInPorts & { relyingParties: RelyingParties },
): void {
  app.post(
    '/api/sign-in/passkey/challenges',
    {
      schema: {
        operationId: 'startPasskeySignIn',
        summary: 'What to ask the browser with, whoever is in front of it; good once, for five minutes',
        tags: ['sign-in'],
        response: { 201: PasskeyQuestion },
        problems: [tooManyTries],
      },
    },
    async (request, reply) => {
      const { ticket, started } = await startPasskeySignIn(ports.gate, presenterOf(request, reply));
      const publicKey = (started.reveal?.publicKey ?? {}) as Record<string, unknown>;
      return reply.code(201).send({ ticket, publicKey, expiresAt: started.expiresAt.toISOString() });
    },
  );

  app.post(
    '/api/sign-in/passkey',
    {
      schema: {
        operationId: 'signInWithPasskey',
        summary: 'Sign in with what a passkey answered; the answer is a ceremony, as after a password',
        tags: ['sign-in'],
        body: PasskeySignIn,
        response: { 200: CeremonyAnswer },
        problems: [passkeyRefused, challengeOver, tooManyTries, interactionGone],
      },
    },
    async (request, reply) => {
      const { interaction: uid, ticket, credential } = request.body;
      const presenter = presenterOf(request, reply);
      const scene = await signInWithPasskey(ports, { uid, ticket, credential }, presenter);
      return { ceremony: await ceremonyView(ports, scene) };
    },
  );
}
