import type { Identifiers } from '../../../gate/account-ports.ts';
import { type Admitted, admitSession } from '../../../gate/admit.ts';
import { draftCeremony, openCeremony } from '../../../gate/begin.ts';
import { ceremonyGone, operatorNeeded } from '../../../gate/gate.problems.ts';
import type { Presenter, Prover, Scene } from '../../../gate/model.ts';
import { digestOf } from '../../../gate/operation.ts';
import { mayAct, type Operators, ROLES } from '../../../gate/operators.ts';
import { provePassword } from '../../../gate/password-proof.ts';
import { CONSOLE_SIGN_IN, consoleSignInPolicy } from '../../../gate/policies.ts';
import type { Gate } from '../../../gate/ports.ts';

export interface ConsoleSignInPorts {
  gate: Gate;
  operators: Operators;
  /** The names by which operators are found, and nobody else. */
  names: Identifiers;
}

/**
 * The first proof: an operator's e-mail address and password. What follows is asked of a key, which answers for this
 * very sign-in. Holders are unknown here.
 *
 * @throws signInRefused for every reason alike; tooManyTries; badInput
 */
export function signInToConsole(
  { gate, names }: ConsoleSignInPorts,
  given: { email: string; password: string },
  presenter: Presenter,
): Promise<Scene> {
  const { email, password } = given;
  const draft = (prover: Prover) => draftSignIn(gate, prover);
  return provePassword(gate, names, { identifier: email, password, presenter, draft });
}

/** A sign-in is an operation of its own: every proof in it is given for its digest. */
function draftSignIn(gate: Gate, prover: Prover): Scene {
  const password = prover.authenticators.find((one) => one.method === 'password');
  const policy = consoleSignInPolicy(password?.id ?? null);
  const context = { clientId: null, interaction: null, operationDigest: null };
  const draft = draftCeremony(gate, { prover, purpose: CONSOLE_SIGN_IN, policy, context });
  const { id } = draft;
  const operationDigest = digestOf({ id, type: CONSOLE_SIGN_IN, subjectId: prover.id, details: {} });
  return { ceremony: { ...draft, context: { ...context, operationDigest } }, prover, evidence: [] };
}

/**
 * Ends a sign-in: an operator gets a session of the console.
 *
 * @throws ceremonyGone, proofMissing; operatorNeeded for whoever is no operator any more
 */
export async function finishConsoleSignIn(
  { gate, operators }: ConsoleSignInPorts,
  handle: string,
  presenter: Presenter,
): Promise<Admitted> {
  const scene = await openCeremony(gate, handle, presenter);
  if (scene.ceremony.purpose !== CONSOLE_SIGN_IN) throw ceremonyGone();
  const operator = await gate.single((tx) => operators.find(tx, scene.prover.id));
  if (!operator || !mayAct(operator, ROLES)) throw operatorNeeded();
  return admitSession(gate, scene, presenter);
}
