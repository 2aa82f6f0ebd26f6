import type { Level, Method, Verdict } from '@sigillo/assurance';
import { SECOND } from '@sigillo/assurance';
import type { Tx } from '../platform/database/database.ts';
import { sendChallenge } from './challenge.ts';
import type { Response, Target } from './factor.ts';
import { ceremonyGone, methodUnavailable } from './gate.problems.ts';
import type { Presenter, Scene, StartedChallenge } from './model.ts';
import { NEW_FACTOR, OPERATOR_SET_UP, sensitivePolicy } from './policies.ts';
import type { Gate } from './ports.ts';
import { prove } from './prove.ts';
import { isSecondFactor, secondFactorsOf, verdictOf, verdictOfSession } from './scene.ts';

/**
 * Whether a new second factor may be set up in this ceremony now. In a recovery: when both ways are proven.
 * For a new operator: always, since only who has the invitation begins such a ceremony. Else as for every sensitive
 * operation: something proven in the last minutes, the second factor where there is one.
 */
export function mayEnrol(gate: Gate, scene: Scene): boolean {
  if (isRecovery(scene)) return recoveryWantsNewFactor(gate, scene);
  if (isOperatorSetUp(scene)) return true;
  if (!isRenewed(verdictOf(gate, scene))) return false;
  const policy = sensitivePolicy(gate.settings.freshSeconds, secondFactorsOf(gate, scene.prover).length > 0);
  const evidence = scene.evidence.map((piece) => ({ ...piece, provenAtMs: piece.provenAt.getTime() }));
  return verdictOfSession(gate, scene.prover, evidence, policy).satisfied;
}

/** Whoever is asked for another password sets up nothing before it. */
const isRenewed = (verdict: Verdict): boolean => verdict.satisfied || verdict.unmet.need !== 'renewed';

export const isRecovery = (scene: Scene): boolean => scene.ceremony.purpose === 'recover-second-factor';

const isOperatorSetUp = (scene: Scene): boolean => scene.ceremony.purpose === OPERATOR_SET_UP;

function recoveryWantsNewFactor(gate: Gate, scene: Scene): boolean {
  const verdict = verdictOf(gate, scene);
  return !verdict.satisfied && verdict.unmet.need === 'slot' && verdict.unmet.slot === NEW_FACTOR;
}

/**
 * How strongly a factor set up now is bound: the level of what was proven, and 2 for the first one of an
 * account (there is nothing stronger to prove yet) and for one that replaces what was lost. An operator's is bound at 3:
 * whoever invited them answers for whom the invitation went to.
 */
function bindingLevelFor(gate: Gate, scene: Scene): Level {
  if (isOperatorSetUp(scene)) return 3;
  const isFirst = secondFactorsOf(gate, scene.prover).length === 0;
  if (isFirst || isRecovery(scene)) return 2;
  const { level } = verdictOf(gate, scene);
  return level === 0 ? 1 : level;
}

/** Sends the code by which a number being set up is confirmed. */
export function challengeNewFactor(
  gate: Gate,
  scene: Scene,
  enrolment: { authenticatorId: string; method: Method; target: Target },
  presenter: Presenter,
): Promise<StartedChallenge> {
  const { authenticatorId, method, target } = enrolment;
  if (!isSecondFactor(gate, method) || !mayEnrol(gate, scene)) throw methodUnavailable();
  return sendChallenge(gate, scene, { slot: NEW_FACTOR, method, target: authenticatorId }, target, presenter);
}

export interface NewFactorProof {
  scene: Scene;
  authenticatorId: string;
  challengeId: string | null;
  response: Response;
  presenter: Presenter;
  /** Makes the factor active, in the transaction that stores the evidence. */
  activate(tx: Tx, scene: Scene, bindingLevel: Level): Promise<void>;
}

/**
 * Proves possession of the factor being set up and makes it active, all or nothing. In a sign-in its evidence
 * counts as the second factor; in a recovery as the new factor and nothing else.
 *
 * @throws what `prove` throws; ceremonyGone when the enrolment is not pending any more
 */
export async function proveNewFactor(gate: Gate, proof: NewFactorProof): Promise<Scene> {
  const { scene, authenticatorId, challengeId, response, presenter } = proof;
  const pending = await gate.transaction((tx) =>
    gate.accounts.loadPending(tx, scene.prover.id, authenticatorId, gate.clock.now()),
  );
  if (!pending) throw ceremonyGone();
  if (!mayEnrol(gate, scene)) throw methodUnavailable();
  const bindingLevel = bindingLevelFor(gate, scene);
  const authenticator = { ...pending.authenticator, bindingLevel };
  return prove(gate, {
    scene,
    ask: { slot: NEW_FACTOR, method: authenticator.method, target: authenticatorId },
    challengeId,
    response,
    presenter,
    pending: {
      target: { authenticator, contact: pending.contact },
      evidenceSlot: isRecovery(scene) ? NEW_FACTOR : SECOND,
    },
    alongside: (tx, after) => proof.activate(tx, after, bindingLevel),
  });
}

/**
 * The first second factor of an account ends what the password alone had opened, but for the session it was set up
 * from: a thief of the password is out, and no browser of theirs stays recognised.
 */
export async function endWeaker(gate: Gate, tx: Tx, accountId: string, kept: string | null): Promise<void> {
  await gate.sessions.endAll(tx, accountId, kept, gate.clock.now());
  await gate.attempts.forgetBrowsers(tx, accountId);
}
