import type { Verdict } from '@sigillo/assurance';
import type { Authenticators } from './account-ports.ts';
import { openCeremony } from './begin.ts';
import { methodUnavailable } from './gate.problems.ts';
import { handleOf } from './handle.ts';
import type { Ask, Presenter, Scene } from './model.ts';
import { CURRENT_PASSWORD } from './policies.ts';
import type { Gate } from './ports.ts';
import { prove } from './prove.ts';
import { type NewPassword, type PastPasswords, replacePassword } from './replace-password.ts';
import { verdictOf } from './scene.ts';
import { expectSecondFactor } from './second-factor-came.ts';

/** Whether nothing but another password is missing: the one that was given is right, and its time is over. */
export function wantsRenewal(verdict: Verdict): boolean {
  if (verdict.satisfied || verdict.unmet.need !== 'renewed') return false;
  return verdict.options.some(({ slot }) => slot === CURRENT_PASSWORD);
}

/** @throws methodUnavailable unless a new password is what is asked for next */
export function renewalOf(gate: Gate, scene: Scene): Ask & { target: string } {
  const verdict = verdictOf(gate, scene);
  const [ask] = verdict.satisfied || !wantsRenewal(verdict) ? [] : verdict.options;
  const { target = null } = ask ?? {};
  if (!ask || target === null) throw methodUnavailable();
  return { ...ask, target };
}

export interface Renewal {
  /** The one that is over, as it was typed beside the new one: a try that counts. */
  current: string;
  next: Pick<NewPassword, 'phc' | 'likeness'>;
}

/**
 * A new password in the place of one that is over, in the ceremony that asks for it: proven once more and replaced in
 * one transaction. All else that is open ends, as with every change; this ceremony alone goes on.
 *
 * @returns the scene as it stands then, and the secret by which this browser is recognised
 * @throws methodUnavailable, proofMissing; what `prove` throws, ceremonyGone also for all but one of several callers
 */
export async function renewPassword(
  ports: { gate: Gate; authenticators: Authenticators; pastPasswords: PastPasswords },
  scene: Scene,
  { current, next }: Renewal,
  presenter: Presenter,
): Promise<{ scene: Scene; recognised: string }> {
  const { gate } = ports;
  const { ceremony, prover } = scene;
  const ask = renewalOf(gate, scene);
  let recognised = '';
  await prove(gate, {
    scene,
    ask,
    challengeId: null,
    response: { code: current },
    presenter,
    alongside: async (tx, proven) => {
      await expectSecondFactor(gate, tx, proven);
      // Where a mailbox had reset it, it is its owner's own again once they have shown more than that mailbox.
      const channelId = showsMore(proven, ask.target) ? ask.target : null;
      const password = { id: ask.target, channelId, ...next };
      const how = { presenter, recordedAs: 'password-changed' as const };
      recognised = await replacePassword(ports, tx, prover, password, how);
      // The account is locked in the ceremony's epoch, and that one rise is the one just made.
      await gate.ceremonies.moveToEpoch(tx, ceremony, ceremony.epoch + 1);
    },
  });
  return { scene: await openCeremony(gate, handleOf(ceremony), presenter), recognised };
}

const showsMore = ({ evidence }: Scene, passwordId: string): boolean =>
  evidence.some(({ target }) => target !== passwordId);
