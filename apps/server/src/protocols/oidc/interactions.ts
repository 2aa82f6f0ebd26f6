import type { InteractionResults } from 'oidc-provider';
import { interactionGone, proofMissing, signInNeeded } from '../../gate/gate.problems.ts';
import type { Presenter, Prover, Session } from '../../gate/model.ts';
import type { Interaction, Interactions } from '../../gate/relying-party.ts';
import type { Tx } from '../../platform/database/database.ts';
import { resumePath } from './artifact-adapter.ts';
import { WRONG_SUBJECT } from './interaction-policy.ts';
import { type JudgeDeps, judgeDemand } from './judge-request.ts';
import { hold, originOf } from './liveness.ts';
import type { Artifact, ArtifactStore, ConsentStore } from './ports.ts';
import { SCOPES } from './scopes.ts';
import { type DemandParams, readDemand, type SignInDemand } from './sign-in-demand.ts';

export interface InteractionDeps extends JudgeDeps {
  artifacts: ArtifactStore;
  consents: ConsentStore;
}

/** An interaction as the library stores it. */
interface Waiting {
  params: DemandParams & { client_id: string; scope?: string; login_hint?: string };
  prompt: { name: string; reasons: string[] };
  session?: { accountId: string; uid: string };
  lastSubmission?: InteractionResults;
}

interface Found {
  uid: string;
  waiting: Waiting;
  artifact: Artifact;
  demand: SignInDemand;
}

/** Requests that wait for the holder: each in the browser that made it, for ten minutes, answered once. */
export function oidcInteractions(deps: InteractionDeps): Interactions {
  return {
    find: (uid, presenter) => findInteraction(deps, uid, presenter),
    homeOf: (uid) => deps.gate.transaction((tx) => homeOf(deps, tx, uid)),
    finishSignIn: (uid, presenter, session, prover) =>
      finishSignIn(deps, { uid, presenter, session, known: prover }),
    finishConsent: (uid, presenter, session, accept) =>
      finishConsent(deps, { uid, presenter, session, accept }),
  };
}

/** The interaction, unless it is over or another browser's: the two are not told apart. */
async function read(
  { gate, artifacts }: InteractionDeps,
  tx: Tx,
  uid: string,
  presenter: Presenter,
): Promise<Found | undefined> {
  const artifact = await artifacts.find(tx, 'Interaction', uid, gate.clock.now());
  const isOurs = artifact?.bindingHash?.equals(presenter.bindingHash) && !artifact.consumedAt;
  const waiting = artifact?.payload as unknown as Waiting;
  const demand = isOurs ? readDemand(waiting.params) : undefined;
  return artifact && demand && { uid, waiting, artifact, demand: demandOf(waiting, demand) };
}

/** Where the wrong person is signed in, what they have proven does not count. */
function demandOf({ prompt }: Waiting, demand: SignInDemand): SignInDemand {
  return prompt.reasons.includes(WRONG_SUBJECT) ? { ...demand, maxAgeSeconds: 0 } : demand;
}

async function findInteraction(
  deps: InteractionDeps,
  uid: string,
  presenter: Presenter,
): Promise<Interaction | undefined> {
  const { gate, relyingParties } = deps;
  return gate.single(async (tx) => {
    const found = await read(deps, tx, uid, presenter);
    const relyingParty = found && (await relyingParties.findIn(tx, found.waiting.params.client_id));
    if (!relyingParty) return undefined;
    const { params, prompt } = found.waiting;
    const { level, maxAgeSeconds } = found.demand;
    return {
      uid,
      prompt: prompt.name === 'consent' ? 'consent' : 'login',
      relyingParty,
      wish: { level, maxAgeSeconds },
      loginHint: params.login_hint ?? null,
      scopes: scopesOf(found.waiting),
    };
  });
}

/** However long ago, so that nobody stands before a sign-in that is over without a way back. */
async function homeOf(
  { artifacts, relyingParties }: InteractionDeps,
  tx: Tx,
  uid: string,
): Promise<string | null> {
  const artifact = await artifacts.findEver(tx, 'Interaction', uid);
  if (!artifact) return null;
  const { params } = artifact.payload as unknown as Waiting;
  return (await relyingParties.findIn(tx, params.client_id))?.homeUrl ?? null;
}

const gone = async (deps: InteractionDeps, tx: Tx, uid: string) =>
  interactionGone({ homeUrl: await homeOf(deps, tx, uid) });

/** In the order that a page shows them. */
function scopesOf({ params }: Waiting): string[] {
  const asked = params.scope?.split(' ') ?? [];
  return SCOPES.filter((scope) => asked.includes(scope));
}

/**
 * @throws interactionGone for all but the first caller, and for another browser; proofMissing when the session
 *   does not prove what the request asks for; signInNeeded when it ended meanwhile
 */
async function finishSignIn(
  deps: InteractionDeps,
  given: { uid: string; presenter: Presenter; session: Session; known: Prover | undefined },
): Promise<string> {
  const { uid, presenter, session, known } = given;
  await deps.gate.transaction(async (tx) => {
    const found = await read(deps, tx, uid, presenter);
    if (found?.waiting.prompt.name !== 'login') throw await gone(deps, tx, uid);
    await holdSession(deps, tx, session);
    const { artifact, demand, waiting } = found;
    const sinceMs = artifact.createdAt.getTime();
    const prover = known ?? (await deps.gate.accounts.load(tx, session.accountId));
    const demanded = { session, prover, clientId: waiting.params.client_id, demand, sinceMs };
    const judged = await judgeDemand(deps, tx, demanded);
    if (judged.outcome !== 'satisfied') throw proofMissing();
    await answer(deps, tx, found, presenter, {
      ...waiting,
      session: { accountId: session.accountId, uid: session.id },
      result: { ...waiting.lastSubmission, login: { ...judged.login, remember: false, since: sinceMs } },
    });
  });
  return resumePath(uid);
}

/** @throws what `finishSignIn` throws, and signInNeeded when another account is signed in by now */
async function finishConsent(
  deps: InteractionDeps,
  given: { uid: string; presenter: Presenter; session: Session; accept: boolean },
): Promise<string> {
  const { uid, presenter, session, accept } = given;
  await deps.gate.transaction(async (tx) => {
    const found = await read(deps, tx, uid, presenter);
    if (found?.waiting.prompt.name !== 'consent') throw await gone(deps, tx, uid);
    const { waiting } = found;
    await holdSession(deps, tx, session);
    if (waiting.session?.uid !== session.id) throw signInNeeded();
    if (accept) await allow(deps, tx, waiting, session, presenter);
    const result = accept ? { ...waiting.lastSubmission, consent: {} } : REFUSED;
    await answer(deps, tx, found, presenter, { ...waiting, result });
  });
  return resumePath(uid);
}

/** RFC 6749 §4.1.2.1 */
const REFUSED = { error: 'access_denied', error_description: 'the holder did not consent' };

async function holdSession({ gate }: InteractionDeps, tx: Tx, session: Session): Promise<void> {
  if (!(await hold(gate, tx, originOf(session), false))) throw signInNeeded();
}

async function allow(
  { gate, consents }: InteractionDeps,
  tx: Tx,
  waiting: Waiting,
  session: Session,
  presenter: Presenter,
): Promise<void> {
  const scopes = scopesOf(waiting);
  const clientId = waiting.params.client_id;
  const at = gate.clock.now();
  await consents.allow(tx, session.accountId, clientId, scopes, at);
  await gate.audit(tx, {
    type: 'consent-granted',
    accountId: session.accountId,
    actor: 'holder',
    at,
    client: presenter.client,
    details: { clientId, scopes: scopes.join(' '), session: session.id },
  });
}

async function answer(
  deps: InteractionDeps,
  tx: Tx,
  { uid, artifact }: Found,
  { bindingHash }: Presenter,
  payload: object,
): Promise<void> {
  const now = deps.gate.clock.now();
  const isFirst = await deps.artifacts.answer(tx, uid, artifact.id, { bindingHash, payload, now });
  if (!isFirst) throw await gone(deps, tx, uid);
}
