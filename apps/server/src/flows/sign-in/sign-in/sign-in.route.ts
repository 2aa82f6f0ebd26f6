import { ceremonyGone, proofMissing, signInNeeded, tooManyTries } from '../../../gate/gate.problems.ts';
import { CeremonyAnswer } from '../../../gate/http/ceremony.schema.ts';
import { ceremonyView, relyingPartyView } from '../../../gate/http/ceremony-view.ts';
import { presenterOf, sessionOf, setSessionCookies, setSessionToken } from '../../../gate/http/presenter.ts';
import { OWN_PORTAL } from '../../../gate/policies.ts';
import type { RelyingParties } from '../../../gate/relying-party.ts';
import type { App } from '../../../platform/http/app.ts';
import { interactionGone, signInRefused } from './sign-in.problems.ts';
import { FinishSignIn, PasswordSignIn, Redirection, SignInState, StartSignIn } from './sign-in.schema.ts';
import {
  finishSignIn,
  type Kept,
  type SignInPorts,
  type Standing,
  signInWithPassword,
  startSignIn,
} from './sign-in.service.ts';

type Ports = SignInPorts & { relyingParties: RelyingParties; passwords: { minLength: number } };

/** The sign-in page's calls: where it stands, the password, and the end. */
export function signInRoutes(app: App, ports: Ports): void {
  app.post(
    '/api/sign-in',
    {
      schema: {
        operationId: 'startSignIn',
        summary: 'Where a sign-in stands: what is asked, by whom, and what a live session already proves',
        tags: ['sign-in'],
        body: StartSignIn,
        response: { 200: SignInState },
        problems: [interactionGone],
      },
    },
    async (request, reply) => {
      const presenter = presenterOf(request, reply);
      const session = await sessionOf(ports.gate, request);
      return describe(ports, await startSignIn(ports, request.body.interaction, session, presenter));
    },
  );

  app.post(
    '/api/sign-in/password',
    {
      schema: {
        operationId: 'signInWithPassword',
        summary: 'Prove the password; the answer is a ceremony that says what is still to be proven',
        tags: ['sign-in'],
        body: PasswordSignIn,
        response: { 200: CeremonyAnswer },
        problems: [signInRefused, tooManyTries, interactionGone],
      },
    },
    async (request, reply) => {
      const { interaction: uid, identifier, password } = request.body;
      const presenter = presenterOf(request, reply);
      const scene = await signInWithPassword(ports, { uid, identifier, password }, presenter);
      return { ceremony: await ceremonyView(ports, scene, true) };
    },
  );

  app.post(
    '/api/sign-in/finish',
    {
      schema: {
        operationId: 'finishSignIn',
        summary: 'Turn what was proven into a session and go on to where it was wanted',
        tags: ['sign-in'],
        body: FinishSignIn,
        response: { 200: Redirection },
        problems: [proofMissing, ceremonyGone, interactionGone, signInNeeded],
      },
    },
    async (request, reply) => {
      const { ceremony, interaction: uid, returnTo } = request.body;
      const session = await sessionOf(ports.gate, request);
      const presenter = presenterOf(request, reply);
      const keep = ({ admitted, raisedToken }: Kept) => {
        if (admitted) setSessionCookies(reply, admitted);
        if (raisedToken) setSessionToken(reply, raisedToken);
      };
      return { redirectTo: await finishSignIn(ports, { ceremony, uid, returnTo }, session, presenter, keep) };
    },
  );
}

async function describe(
  ports: Ports,
  { interaction, account, step, scene, takesPasskeys, takesQr }: Standing,
) {
  const party = interaction?.relyingParty;
  const email = account?.contacts.find((one) => one.kind === 'email' && one.verifiedAt)?.address;
  return {
    relyingParty: party ? relyingPartyView(party) : null,
    passwordMinLength: ports.passwords.minLength,
    registrationPhone: (party?.policy ?? OWN_PORTAL).registrationPhone,
    loginHint: interaction?.loginHint ?? null,
    session: account ? { email: email ?? '' } : null,
    takesPasskeys,
    takesQr,
    step,
    ceremony: scene ? await ceremonyView(ports, scene) : null,
  };
}
