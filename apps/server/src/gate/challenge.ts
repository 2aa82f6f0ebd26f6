import { Problem } from '../platform/http/problems.ts';
import { uuidv7 } from '../platform/ids.ts';
import type { Sending, Target } from './factor.ts';
import { ceremonyGone, methodUnavailable, sendLater } from './gate.problems.ts';
import type { Ask, Challenge, Presenter, Scene, StartedChallenge } from './model.ts';
import { SUSPEND_BY_PHONE } from './policies.ts';
import type { Gate } from './ports.ts';
import { resolveTarget, verdictOf } from './scene.ts';
import { wakeWaiting } from './waiting.ts';

/** Codes to one address, whichever account, ceremony or contact asks: each is a message somebody gets. */
const SENDS = [
  { count: 1, perSeconds: 30 },
  { count: 3, perSeconds: 600 },
  { count: 10, perSeconds: 86_400 },
] as const;

const SENDS_PER_ACCOUNT = { count: 20, perSeconds: 86_400 } as const;
const SENDS_PER_NETWORK = { count: 20, perSeconds: 3600 } as const;
const PAID_SENDS_PER_NETWORK = { count: 10, perSeconds: 3600 } as const;

/** Challenges that are no messages, for one account: far more than anybody needs. */
const QUIET_PER_ACCOUNT = { count: 60, perSeconds: 3600 } as const;

export const RESEND_SECONDS = SENDS[0].perSeconds;

/** Whether a proof may be given now: it is one of those the verdict names next. */
export function isAskedFor(gate: Gate, scene: Scene, ask: Ask): boolean {
  const verdict = verdictOf(gate, scene);
  if (verdict.satisfied) return false;
  return verdict.options.some(
    (option) => option.slot === ask.slot && option.method === ask.method && option.target === ask.target,
  );
}

export function newChallenge(gate: Gate, scene: Scene, ask: Ask, lifetimeSeconds: number): Challenge {
  const createdAt = gate.clock.now();
  return {
    id: uuidv7(createdAt.getTime()),
    proverId: scene.prover.id,
    ceremonyId: scene.ceremony.id,
    slot: ask.slot,
    method: ask.method,
    target: ask.target,
    operationDigest: scene.ceremony.context.operationDigest,
    question: null,
    secretHash: null,
    tries: 0,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + lifetimeSeconds * 1000),
  };
}

/**
 * Sends a code for a proof that is asked for next; an earlier code of the same slot is void from then on.
 *
 * @throws methodUnavailable when this proof is not asked for here, or nothing is ever sent for it
 * @throws sendLater when the address was sent a code a moment ago
 * @throws ceremonyGone when the ceremony ended meanwhile
 */
export async function challenge(
  gate: Gate,
  scene: Scene,
  ask: Ask,
  presenter: Presenter,
): Promise<StartedChallenge> {
  const target = resolveTarget(scene.prover, ask.target);
  if (!target || !isAskedFor(gate, scene, ask)) throw methodUnavailable();
  return sendChallenge(gate, scene, ask, target, presenter);
}

/** The same for a target that the account does not hold yet: the caller has judged that it may. */
export async function sendChallenge(
  gate: Gate,
  scene: Scene,
  ask: Ask,
  target: Target,
  presenter: Presenter,
): Promise<StartedChallenge> {
  const factor = gate.factors.get(ask.method);
  if (!factor?.sends) throw methodUnavailable();
  // A name alone, which anybody can type, costs the installation nothing; but for emergencies, which are few.
  const isPaidFor = scene.evidence.length > 0 || scene.ceremony.purpose === SUSPEND_BY_PHONE;
  if (factor.sends.costsMoney && !isPaidFor) throw methodUnavailable();
  if (factor.sends.isQuiet) gate.limits.take(`challenges:${scene.prover.id}`, QUIET_PER_ACCOUNT);
  else if (!factor.sends.limitsItself) countSend(gate, scene, target, presenter, factor.sends);
  const made = newChallenge(gate, scene, ask, factor.sends.lifetimeSeconds);
  const started = await factor.sends.start({
    prover: scene.prover,
    challenge: made,
    target,
    presenter,
    purpose: scene.ceremony.purpose,
    ceremony: scene.ceremony,
  });
  const stored = { ...made, secretHash: started.secretHash, question: started.question ?? null };
  await gate.transaction(async (tx) => {
    if (!(await gate.ceremonies.step(tx, scene.ceremony, gate.clock.now()))) throw ceremonyGone();
    await gate.challenges.voidOpen(tx, stored);
    await gate.challenges.insert(tx, stored, 'open');
    if (!started.send) return;
    await started.send(tx);
    await gate.audit(tx, {
      type: 'code-sent',
      accountId: scene.prover.id,
      actor: 'holder',
      at: stored.createdAt,
      client: presenter.client,
      details: { method: ask.method, purpose: scene.ceremony.purpose },
    });
  });
  wakeWaiting(gate, scene.ceremony);
  started.afterwards?.();
  return { ...stored, reveal: started.reveal ?? null };
}

/** An address as limits and counters know it: the same for every contact that has it. */
export function addressKey(gate: Gate, { contact }: Target): string | undefined {
  return contact
    ? gate.keyring.mac('send-limit', contact.kind, contact.address).toString('base64url')
    : undefined;
}

function countSend(
  gate: Gate,
  scene: Scene,
  target: Target,
  presenter: Presenter,
  { costsMoney }: Sending,
): void {
  const address = addressKey(gate, target) ?? target.authenticator?.channelId ?? scene.prover.id;
  try {
    for (const rule of SENDS) gate.limits.take(`send-${rule.perSeconds}:${address}`, rule);
    gate.limits.take(`send-for:${scene.prover.id}`, SENDS_PER_ACCOUNT);
    const { network } = presenter.client;
    if (costsMoney) gate.limits.take(`paid-send-from:${network}`, PAID_SENDS_PER_NETWORK);
    else gate.limits.take(`send-from:${network}`, SENDS_PER_NETWORK);
  } catch (error) {
    if (!(error instanceof Problem) || error.slug !== 'too-many-tries') throw error;
    throw sendLater(error.extension as { retryAfterSeconds: number });
  }
}
