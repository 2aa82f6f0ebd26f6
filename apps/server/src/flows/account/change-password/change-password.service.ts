import {
  type ChosenPassword,
  chooseForHolder,
  type HolderPasswords,
} from '../../../factors/password/holder-passwords.ts';
import { passwordWrong } from '../../../factors/password/password.problems.ts';
import { isPasswordTooLong } from '../../../factors/password/password-rules.ts';
import type { Authenticators } from '../../../gate/account-ports.ts';
import { openCeremony } from '../../../gate/begin.ts';
import { beginOperation } from '../../../gate/begin-operation.ts';
import { ceremonyGone, codeRejected, methodUnavailable, signInNeeded } from '../../../gate/gate.problems.ts';
import type { EnrolledAuthenticator, Presenter, Prover, Scene, Session } from '../../../gate/model.ts';
import type { Operation } from '../../../gate/operation.ts';
import { approve, carryOut } from '../../../gate/operations.ts';
import { triesLeftOf } from '../../../gate/password-proof.ts';
import { CURRENT_PASSWORD, changePasswordPolicy } from '../../../gate/policies.ts';
import type { Gate } from '../../../gate/ports.ts';
import { prove } from '../../../gate/prove.ts';
import { type NewPassword, type PastPasswords, replacePassword } from '../../../gate/replace-password.ts';
import { secondFactorsOf } from '../../../gate/scene.ts';
import { liveness } from '../../../gate/sessions.ts';
import { badInput } from '../../../platform/http/http.problems.ts';
import { Problem } from '../../../platform/http/problems.ts';

export interface ChangePasswordPorts {
  gate: Gate;
  authenticators: Authenticators;
  passwords: HolderPasswords;
  pastPasswords: PastPasswords;
}

const PURPOSE = 'change-password';
/** Each is two hashes: far more than anybody needs. */
const TRIES = { count: 20, perSeconds: 3600 } as const;

/**
 * Begins to change the password: the one in use is proven, as a try that counts like every other, in a ceremony for
 * this very new one, whose hash the operation has sealed. What is asked for next is the second factor.
 *
 * @throws passwordRefused, badInput for the new one; passwordWrong, tooManyTries, methodDisabled for the current one;
 *   signInNeeded
 */
export async function beginPasswordChange(
  ports: ChangePasswordPorts,
  session: Session,
  given: { current: string; next: string },
  presenter: Presenter,
): Promise<Scene> {
  const { gate, passwords } = ports;
  gate.limits.take(`change-password:${session.accountId}`, TRIES);
  if (isPasswordTooLong(given.current)) throw badInput({ fields: [{ path: 'current', rule: 'too-long' }] });
  const prover = await gate.single((tx) => gate.accounts.load(tx, session.accountId));
  if (!prover) throw signInNeeded();
  const password = passwordOf(prover);
  const chosen = await chooseForHolder(passwords, prover, given.next, given.current);
  const scene = await beginChange(gate, prover, password, chosen, presenter);
  const ask = { slot: CURRENT_PASSWORD, method: 'password', target: password.id };
  const response = { code: given.current };
  try {
    return await prove(gate, { scene, ask, challengeId: null, response, presenter });
  } catch (error) {
    throw isWrong(error) ? passwordWrong({ triesLeft: triesLeftOf(error) }) : error;
  }
}

const isWrong = (error: unknown) => error instanceof Problem && error.slug === codeRejected.type;

function passwordOf(prover: Prover): EnrolledAuthenticator {
  const password = prover.authenticators.find((one) => one.method === 'password');
  if (!password) throw methodUnavailable();
  return password;
}

async function beginChange(
  gate: Gate,
  prover: Prover,
  password: EnrolledAuthenticator,
  { phc, likeness }: ChosenPassword,
  presenter: Presenter,
): Promise<Scene> {
  const policy = changePasswordPolicy(gate.settings.freshSeconds, password.id, whatElse(gate, prover));
  const details = {
    password: password.id,
    hash: phc,
    likeness: likeness?.next.toString('hex') ?? null,
    currentLikeness: likeness?.current?.toString('hex') ?? null,
  };
  return beginOperation(gate, prover, { type: PURPOSE, details, policy }, presenter);
}

/** @throws methodUnavailable where the only second factors are ones that this installation has switched off */
function whatElse(gate: Gate, prover: Prover): { hasSecond: boolean; phoneId: string | null } {
  const seconds = secondFactorsOf(gate, prover);
  const hasSecond = seconds.length > 0;
  if (hasSecond && !seconds.some((one) => gate.factors.has(one.method))) throw methodUnavailable();
  const phone = prover.contacts.find((one) => one.kind === 'phone' && one.verifiedAt !== null);
  return { hasSecond, phoneId: phone && gate.factors.has('sms-code') ? phone.id : null };
}

/**
 * The new password takes the place of the old one, and every session and token ends, this one too. The browser stays
 * recognised, and nobody else's does.
 *
 * @returns the secret by which it is recognised
 * @throws proofMissing, ceremonyGone, operationGone (all but one of several callers), signInNeeded
 */
export async function finishPasswordChange(
  ports: ChangePasswordPorts,
  session: Session,
  handle: string,
  presenter: Presenter,
): Promise<string> {
  const { gate } = ports;
  const scene = await openCeremony(gate, handle, presenter);
  const { ceremony, prover } = scene;
  if (ceremony.purpose !== PURPOSE || prover.id !== session.accountId) throw ceremonyGone();
  return gate.transaction(async (tx) => {
    const isOpen = await gate.ceremonies.step(tx, ceremony, gate.clock.now());
    if (!isOpen || !(await gate.accounts.lockInEpoch(tx, prover.id, ceremony.epoch))) throw ceremonyGone();
    if (!(await gate.sessions.lockLive(tx, session, liveness(gate)))) throw signInNeeded();
    await approve(gate, tx, scene, presenter);
    const key = { subjectId: prover.id, id: ceremony.operationId ?? '' };
    return carryOut(gate, tx, key, ({ details }) =>
      replacePassword(ports, tx, prover, approvedPassword(details, scene), {
        presenter,
        recordedAs: 'password-changed',
      }),
    );
  });
}

function approvedPassword(details: Operation['details'], { evidence }: Scene): NewPassword {
  const { password, hash, likeness, currentLikeness } = details as Record<string, string | null>;
  const id = password ?? '';
  const bytes = (hex: string | null | undefined) => (hex ? Buffer.from(hex, 'hex') : null);
  const next = bytes(likeness);
  // Where a mailbox had reset it, it is its owner's own again once they have shown more than that mailbox.
  const channelId = evidence.length > 1 ? id : null;
  return { id, phc: hash ?? '', channelId, likeness: next && { next, current: bytes(currentLikeness) } };
}
