import { interactionGone, signInNeeded } from '../../../gate/gate.problems.ts';
import { relyingPartyView } from '../../../gate/http/ceremony-view.ts';
import { presenterOf, requireSession } from '../../../gate/http/presenter.ts';
import type { App } from '../../../platform/http/app.ts';
import { ConsentDecision, ConsentOutcome, ConsentQuery, ConsentRequest } from './consent.schema.ts';
import { type ConsentPorts, readConsent } from './consent.service.ts';

const tags = ['sign-in'];

/** The page on which the holder allows a relying party to know something, or not. */
export function consentRoutes(app: App, ports: ConsentPorts): void {
  app.get(
    '/api/consent',
    {
      schema: {
        operationId: 'getConsent',
        summary: 'What a relying party asks to know, with the values it would be shown',
        tags,
        querystring: ConsentQuery,
        response: { 200: ConsentRequest },
        problems: [signInNeeded, interactionGone],
      },
    },
    async (request, reply) => {
      const session = await requireSession(ports.gate, request);
      const presenter = presenterOf(request, reply);
      const asked = await readConsent(ports, request.query.interaction, session, presenter);
      const { relyingParty, email, scopes } = asked;
      return { relyingParty: relyingPartyView(relyingParty), account: { email }, scopes };
    },
  );

  app.post(
    '/api/consent',
    {
      schema: {
        operationId: 'decideConsent',
        summary: 'Allow it or refuse it; the answer says where the browser goes on',
        tags,
        body: ConsentDecision,
        response: { 200: ConsentOutcome },
        problems: [signInNeeded, interactionGone],
      },
    },
    async (request, reply) => {
      const { interaction, accept } = request.body;
      const session = await requireSession(ports.gate, request);
      const presenter = presenterOf(request, reply);
      const redirectTo = await ports.interactions.finishConsent(interaction, presenter, session, accept);
      return { redirectTo };
    },
  );
}
