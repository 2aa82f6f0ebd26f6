import { chooseForHolder, type HolderPasswords } from '../../../factors/password/holder-passwords.ts';
import { passwordWrong } from '../../../factors/password/password.problems.ts';
import { isPasswordTooLong } from '../../../factors/password/password-rules.ts';
import type { Authenticators } from '../../../gate/account-ports.ts';
import { codeRejected } from '../../../gate/gate.problems.ts';
import type { Presenter, Scene } from '../../../gate/model.ts';
import { triesLeftOf } from '../../../gate/password-proof.ts';
import type { Gate } from '../../../gate/ports.ts';
import { renewalOf, renewPassword } from '../../../gate/renew-password.ts';
import type { PastPasswords } from '../../../gate/replace-password.ts';
import { badInput } from '../../../platform/http/http.problems.ts';
import { isProblem } from '../../../platform/http/problems.ts';

export interface RenewPasswordPorts {
  gate: Gate;
  authenticators: Authenticators;
  passwords: HolderPasswords;
  pastPasswords: PastPasswords;
}

/** Each is several hashes: far more than anybody needs. */
const TRIES = { count: 20, perSeconds: 3600 } as const;

/**
 * A new password for a sign-in whose password is right and over, by the rules of every change.
 *
 * @returns the ceremony, which goes on, and the secret by which this browser is recognised
 * @throws methodUnavailable where no new one is asked for, proofMissing where a second factor came meanwhile; passwordRefused, badInput for the new one; passwordWrong,
 *   tooManyTries, methodDisabled for the one in use; ceremonyGone also for all but one of several callers
 */
export async function renewOverPassword(
  ports: RenewPasswordPorts,
  scene: Scene,
  given: { current: string; next: string },
  presenter: Presenter,
): Promise<{ scene: Scene; recognised: string }> {
  const { gate, passwords } = ports;
  renewalOf(gate, scene);
  gate.limits.take(`renew-password:${scene.prover.id}`, TRIES);
  if (isPasswordTooLong(given.current)) throw badInput({ fields: [{ path: 'current', rule: 'too-long' }] });
  const next = await chooseForHolder(passwords, scene.prover, given.next, given.current);
  try {
    return await renewPassword(ports, scene, { current: given.current, next }, presenter);
  } catch (error) {
    throw isProblem(error, codeRejected.type) ? passwordWrong({ triesLeft: triesLeftOf(error) }) : error;
  }
}
