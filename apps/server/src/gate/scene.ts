import {
  type Authenticator,
  type Evidence,
  evaluate,
  isSecondFactor as isSecond,
  type Method,
  type Need,
  type Option,
  type Policy,
  type Verdict,
} from '@sigillo/assurance';
import { passwordEnd } from '../factors/password/identity-password.ts';
import { isAppMethod } from './devices.ts';
import type { Target } from './factor.ts';
import type { Ceremony, Contact, Prover, Scene, SessionEvidence, StoredEvidence } from './model.ts';
import { CONFIRM_PHONE, LIFT_SUSPENSION, sensitivePolicy } from './policies.ts';
import type { Gate } from './ports.ts';

/** What the evidence of a ceremony amounts to now. */
export function verdictOf(gate: Gate, scene: Scene): Verdict {
  const verdict = plainVerdictOf(gate, scene);
  const isStuck = !verdict.satisfied && verdict.options.length === 0 && verdict.setUp.length > 0;
  return isStuck ? { ...verdict, options: optionsBeforeSetUp(gate, scene) } : verdict;
}

/**
 * Who has a second factor that is not accepted here shows it all the same before another one is set up: else the
 * password alone could add one.
 */
function optionsBeforeSetUp(gate: Gate, { prover, evidence }: Scene): Option[] {
  const policy = sensitivePolicy(gate.settings.freshSeconds, secondFactorsOf(gate, prover).length > 0);
  const given = evidence.map((piece) => ({ ...piece, provenAtMs: piece.provenAt.getTime() }));
  const verdict = verdictOfSession(gate, prover, given, policy);
  return verdict.satisfied ? [] : verdict.options;
}

function plainVerdictOf(gate: Gate, scene: Scene): Verdict {
  const { ceremony, prover, evidence } = scene;
  return evaluate({
    policy: withCurrentPhone(ceremony.policy, prover),
    evidence: evidence.map((piece) => toEvidence(prover, piece)),
    authenticators: provable(gate, ceremony, prover),
    nowMs: gate.clock.nowMs(),
    operationDigest: ceremony.context.operationDigest,
    methods: gate.methods,
  });
}

/**
 * The number to confirm is whichever the account has now: it may have been corrected, or confirmed by setting
 * up codes by SMS, since the policy was frozen.
 */
function withCurrentPhone(policy: Policy, prover: Prover): Policy {
  const phones = prover.contacts.filter((one) => one.kind === 'phone');
  const waiting = phones.some((one) => one.verifiedAt !== null) ? undefined : phones[0];
  const needs = policy.needs.flatMap((need): Need[] => {
    if (need.need !== 'slot' || need.slot !== CONFIRM_PHONE) return [need];
    return waiting ? [{ ...need, target: waiting.id }] : [];
  });
  return { ...policy, needs };
}

/** Whether the password that was given is right and its time is over, where the ceremony asks for another one. */
export function passwordIsOver({ ceremony, prover, evidence }: Scene): boolean {
  const renews = ceremony.policy.needs.some(({ need }) => need === 'renewed');
  return renews && evidence.some((piece) => toEvidence(prover, piece).isOver);
}

/** What a session's evidence amounts to under a policy. */
export function verdictOfSession(
  gate: Gate,
  prover: Prover,
  evidence: readonly SessionEvidence[],
  policy: Ceremony['policy'],
): Verdict {
  return evaluate({
    policy,
    evidence: evidence.map((piece) => ({
      ...piece,
      operationDigest: null,
      isOver: isOver(prover, piece.target, piece.provenAtMs),
    })),
    authenticators: enrolled(gate, prover),
    nowMs: gate.clock.nowMs(),
    operationDigest: null,
    methods: gate.methods,
  });
}

function toEvidence(prover: Prover, piece: StoredEvidence): Evidence {
  const { slot, method, target, channelId, levelCap, operationDigest } = piece;
  const provenAtMs = piece.provenAt.getTime();
  const judged = { provenAtMs, isOver: isOver(prover, target, provenAtMs) };
  return { slot, method, target, channelId, levelCap, operationDigest, ...judged };
}

/** Whether what answered is a password whose time was over by then; of who has a digital identity ([SPID-CRD-2]). */
function isOver(
  { authenticators, holdsIdentity }: Prover,
  target: string | null,
  provenAtMs: number,
): boolean {
  const password = authenticators.find(({ id, method }) => id === target && method === 'password');
  return holdsIdentity === true && !!password && passwordEnd(password.createdAt).getTime() <= provenAtMs;
}

function enrolled(gate: Gate, prover: Prover): Authenticator[] {
  return prover.authenticators.filter((one) => gate.factors.has(one.method));
}

/** Where different channels are wanted, confirmed contacts can answer too. */
function provable(gate: Gate, ceremony: Ceremony, prover: Prover): Authenticator[] {
  const own = enrolled(gate, prover).filter(({ method }) => isReachable(ceremony, method));
  if (!ceremony.policy.needs.some((need) => need.need === 'channels')) return own;
  const covered = new Set(own.filter((one) => one.method !== 'password').map((one) => one.channelId));
  const contacts = prover.contacts.filter((one) => one.verifiedAt !== null && !covered.has(one.channelId));
  return [...own, ...contacts.map(asAuthenticator).filter((one) => gate.factors.has(one.method))];
}

/**
 * A suspended account's apps are not answered: their codes are all that is left of them, and nothing of those that were
 * stopped because they were lost.
 */
function isReachable({ purpose, policy }: Ceremony, method: Method): boolean {
  if (purpose !== LIFT_SUSPENSION || !isAppMethod(method)) return true;
  return method === 'app-code' && !policy.needs.some((need) => need.need === 'channels');
}

function asAuthenticator(contact: Contact): Authenticator {
  const method = contact.kind === 'email' ? 'email-code' : 'sms-code';
  return { id: contact.id, method, channelId: contact.channelId, bindingLevel: 1 };
}

/** The authenticator or contact that an id names; undefined when the account has none such. */
export function resolveTarget(prover: Prover, target: string | null): Target | undefined {
  const authenticator = prover.authenticators.find((one) => one.id === target) ?? null;
  const contactId = authenticator ? authenticator.contactId : target;
  const contact = prover.contacts.find((one) => one.id === contactId) ?? null;
  return authenticator || contact ? { authenticator, contact } : undefined;
}

/** Whether a method can be asked for after the first factor: something held, or both at once. */
export const isSecondFactor = (gate: Gate, method: string): boolean => isSecond(method, gate.methods);

/**
 * The account's second factors, those too that this installation has switched off: who has nothing else goes
 * through recovery, and is not let in by the password alone.
 */
export function secondFactorsOf(gate: Gate, prover: Prover) {
  return prover.authenticators.filter((one) => isSecondFactor(gate, one.method));
}
