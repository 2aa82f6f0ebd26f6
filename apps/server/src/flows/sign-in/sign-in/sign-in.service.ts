import { FIRST } from '@sigillo/assurance';
import type { Identifiers } from '../../../gate/account-ports.ts';
import { type Admitted, admitSession, raiseSession } from '../../../gate/admit.ts';
import { openCeremony } from '../../../gate/begin.ts';
import { interactionGone, proofMissing, signInNeeded } from '../../../gate/gate.problems.ts';
import { draftLift } from '../../../gate/lift.ts';
import type { Presenter, Prover, Scene, Session } from '../../../gate/model.ts';
import { provePassword } from '../../../gate/password-proof.ts';
import { OWN_PORTAL } from '../../../gate/policies.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { Interaction, Interactions } from '../../../gate/relying-party.ts';
import { signOut } from '../../../gate/sessions.ts';
import {
  accepts,
  beginSignInFromSession,
  draftSignIn,
  judgeSession,
  type SignInRequest,
} from '../../../gate/sign-in.ts';

export interface SignInPorts {
  gate: Gate;
  identifiers: Identifiers;
  interactions: Interactions;
  settings: { appOrigin: string | undefined };
}

export interface Standing {
  interaction: Interaction | undefined;
  account: Prover | undefined;
  step: 'password' | 'ceremony' | 'consent' | 'done';
  scene: Scene | undefined;
  /** Whether a passkey may sign in here. */
  takesPasskeys: boolean;
  /** Whether the app may, by scanning. */
  takesQr: boolean;
}

/** @throws interactionGone when a request is named that is not waiting in this browser */
export async function waitingInteraction(
  interactions: Interactions,
  uid: string | undefined,
  presenter: Presenter,
): Promise<Interaction | undefined> {
  if (uid === undefined) return undefined;
  const found = await interactions.find(uid, presenter);
  if (!found) throw interactionGone({ homeUrl: await interactions.homeOf(uid) });
  return found;
}

/** What a sign-in is asked for: by a relying party, or by the portal itself. */
export function requestOf(interaction: Interaction | undefined): SignInRequest {
  return {
    policy: interaction?.relyingParty.policy ?? OWN_PORTAL,
    wish: interaction?.wish ?? { level: null, maxAgeSeconds: null },
    context: {
      clientId: interaction?.relyingParty.clientId ?? null,
      interaction: interaction?.uid ?? null,
      operationDigest: null,
    },
  };
}

/**
 * Where a sign-in stands when its page opens: what a live session already proves is not asked again, and what
 * is missing becomes a ceremony.
 */
export async function startSignIn(
  { gate, interactions, settings }: SignInPorts,
  uid: string | undefined,
  session: Session | undefined,
  presenter: Presenter,
): Promise<Standing> {
  const interaction = await waitingInteraction(interactions, uid, presenter);
  const account = session && (await gate.single((tx) => gate.accounts.load(tx, session.accountId)));
  const request = requestOf(interaction);
  const takesPasskeys = accepts(gate, request, 'passkey');
  const takesQr = settings.appOrigin !== undefined && accepts(gate, request, 'app-qr');
  const base = { interaction, account, takesPasskeys, takesQr };
  if (interaction?.prompt === 'consent') return { ...base, step: 'consent', scene: undefined };
  if (!session || !account) return { ...base, step: 'password', scene: undefined };
  if (judgeSession(gate, account, session.evidence, request).satisfied)
    return { ...base, step: 'done', scene: undefined };
  const scene = await beginSignInFromSession(gate, account, session, request, presenter);
  const needsPassword = !scene.evidence.some((piece) => piece.slot === FIRST);
  return needsPassword
    ? { ...base, step: 'password', scene: undefined }
    : { ...base, step: 'ceremony', scene };
}

/**
 * The first proof.
 *
 * @throws signInRefused for every reason alike; tooManyTries; badInput; interactionGone
 */
export async function signInWithPassword(
  { gate, identifiers, interactions }: SignInPorts,
  given: { uid: string | undefined; identifier: string; password: string },
  presenter: Presenter,
): Promise<Scene> {
  const { uid, identifier, password } = given;
  const interaction = await waitingInteraction(interactions, uid, presenter);
  const request = requestOf(interaction);
  return provePassword(gate, identifiers, {
    identifier,
    password,
    presenter,
    draft: (prover) => draftSignIn(gate, prover, request),
    draftSuspended: (prover, holds) => draftLift(gate, prover, holds, request.context),
  });
}

/** What the browser has to keep; nothing when the session was enough as it is. */
export interface Kept {
  admitted?: Admitted;
  /** A new token of the session there was. */
  raisedToken?: string;
}

/**
 * Ends a sign-in: a satisfied ceremony becomes a session, or strengthens the one there is, and a waiting
 * request gets its answer.
 *
 * @param keep given what the browser has to keep as soon as it is so, even if the request cannot be answered
 * @returns where the browser goes next
 * @throws proofMissing, ceremonyGone, interactionGone, signInNeeded
 */
export async function finishSignIn(
  ports: SignInPorts,
  wanted: { ceremony: string | undefined; uid: string | undefined; returnTo: string | undefined },
  session: Session | undefined,
  presenter: Presenter,
  keep: (kept: Kept) => void,
): Promise<string> {
  const { interactions } = ports;
  const interaction = await waitingInteraction(interactions, wanted.uid, presenter);
  const ended =
    wanted.ceremony === undefined
      ? await takeSession(ports, session, interaction)
      : await endCeremony(ports, wanted.ceremony, wanted.uid, session, presenter);
  keep(ended.kept);
  return interaction
    ? interactions.finishSignIn(interaction.uid, presenter, ended.session, ended.prover)
    : (wanted.returnTo ?? '/account');
}

interface Ended {
  session: Session;
  prover: Prover;
  kept: Kept;
}

/** The session as it is, where it proves enough for the request. */
async function takeSession(
  { gate }: SignInPorts,
  session: Session | undefined,
  interaction: Interaction | undefined,
): Promise<Ended> {
  const account = session && (await gate.single((tx) => gate.accounts.load(tx, session.accountId)));
  if (!session || !account) throw signInNeeded();
  if (!judgeSession(gate, account, session.evidence, requestOf(interaction)).satisfied) throw proofMissing();
  return { session, prover: account, kept: {} };
}

/** What was proven for this very request becomes a session; its policy was frozen when it began. */
async function endCeremony(
  { gate }: SignInPorts,
  handle: string,
  uid: string | undefined,
  session: Session | undefined,
  presenter: Presenter,
): Promise<Ended> {
  const scene = await openCeremony(gate, handle, presenter);
  const { purpose, context } = scene.ceremony;
  if (purpose !== 'sign-in' || context.interaction !== (uid ?? null)) throw proofMissing();
  if (session?.accountId === scene.prover.id) {
    const raised = await raiseSession(gate, scene, session, presenter);
    return { session: raised.session, prover: scene.prover, kept: { raisedToken: raised.token } };
  }
  const admitted = await admitSession(gate, scene, presenter);
  if (session) await signOut(gate, session, presenter.client);
  return { session: admitted.session, prover: scene.prover, kept: { admitted } };
}
