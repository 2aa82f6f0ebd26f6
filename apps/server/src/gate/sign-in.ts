import { type Method, policyName, type Verdict } from '@sigillo/assurance';
import { beginCeremony, draftCeremony } from './begin.ts';
import type { CeremonyContext, Presenter, Prover, Scene, Session, SessionEvidence } from './model.ts';
import { type RelyingPartyPolicy, type SignInWish, signInPolicy } from './policies.ts';
import type { Gate } from './ports.ts';
import { secondFactorsOf, verdictOfSession } from './scene.ts';

export interface SignInRequest {
  policy: RelyingPartyPolicy;
  wish: SignInWish;
  context: CeremonyContext;
}

/** Whoever signs in: has the most that is asked for, and no number. */
const NOBODY = { hasSecond: true, phoneId: null, unconfirmedPhoneId: null } as const;

/** What a session already amounts to for a relying party's request. */
export function judgeSession(
  gate: Gate,
  prover: Prover,
  evidence: readonly SessionEvidence[],
  request: Pick<SignInRequest, 'policy' | 'wish'>,
): Verdict {
  return verdictOfSession(gate, prover, evidence, policyFor(gate, prover, request.policy, request.wish));
}

/** Whether a method may be a factor of such a sign-in at all, whoever signs in. */
export function accepts(
  gate: Gate,
  { policy, wish }: Pick<SignInRequest, 'policy' | 'wish'>,
  method: Method,
) {
  const { needs } = signInPolicy(policy, wish, NOBODY);
  const isAllowed = needs.every(
    (need) =>
      need.need !== 'level' ||
      need.secondFactors === null ||
      need.secondFactors.includes(policyName(method, gate.methods)),
  );
  return gate.factors.has(method) && isAllowed;
}

/** A sign-in that is stored with its first proof: whoever never gives one costs no row. */
export function draftSignIn(gate: Gate, prover: Prover, request: SignInRequest): Scene {
  const policy = frozenPolicy(gate, prover, request);
  const beginning = { prover, purpose: 'sign-in', policy, context: request.context };
  return { ceremony: draftCeremony(gate, beginning), prover, evidence: [] };
}

/** A sign-in on top of a session: its proofs carry over, unless they are older than the request allows. */
export function beginSignInFromSession(
  gate: Gate,
  prover: Prover,
  session: Session,
  request: SignInRequest,
  presenter: Presenter,
): Promise<Scene> {
  const { maxAgeSeconds } = request.wish;
  const sinceMs = maxAgeSeconds === null ? 0 : gate.clock.nowMs() - maxAgeSeconds * 1000;
  const carried = session.evidence.filter((piece) => piece.provenAtMs > sinceMs);
  const policy = frozenPolicy(gate, prover, request);
  const beginning = { prover, purpose: 'sign-in', policy, context: request.context };
  return beginCeremony(gate, beginning, presenter, carried);
}

/**
 * The ceremony itself outlasts a small `max_age`: what is proven in it counts, what was proven before it began
 * is left out when it begins.
 */
function frozenPolicy(gate: Gate, prover: Prover, request: SignInRequest) {
  return policyFor(gate, prover, request.policy, { ...request.wish, maxAgeSeconds: null });
}

function policyFor(gate: Gate, prover: Prover, relyingParty: RelyingPartyPolicy, wish: SignInWish) {
  const phones = gate.factors.has('sms-code') ? prover.contacts.filter((one) => one.kind === 'phone') : [];
  const confirmed = phones.find((one) => one.verifiedAt !== null);
  return signInPolicy(relyingParty, wish, {
    hasSecond: secondFactorsOf(gate, prover).length > 0,
    phoneId: confirmed?.id ?? null,
    unconfirmedPhoneId: confirmed ? null : (phones[0]?.id ?? null),
  });
}
