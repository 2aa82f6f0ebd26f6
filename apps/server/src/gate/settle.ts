import type { Tx } from '../platform/database/database.ts';
import { standingFor, storeCeremony } from './begin.ts';
import { isAppMethod } from './devices.ts';
import type { Judgement } from './factor.ts';
import { ceremonyGone, challengeOver } from './gate.problems.ts';
import type { Scene, StoredEvidence } from './model.ts';
import { CONFIRMING } from './policies.ts';
import type { Gate } from './ports.ts';
import { auditOf, type Proof, type Reserved } from './proof.ts';
import { isSecondFactor } from './scene.ts';

/** Rolls the settling transaction back when the one-time value was consumed by somebody else. */
export const SPENT_ELSEWHERE = new Error('the one-time value was consumed by another request');

/**
 * Consumes what may be used once, stores the evidence and its audit, and forgives the try: all or nothing.
 *
 * @returns the scene with the new evidence
 * @throws ceremonyGone, challengeOver, SPENT_ELSEWHERE
 */
export async function settle(
  gate: Gate,
  proof: Proof,
  reserved: Reserved,
  judgement: Extract<Judgement, { accepted: true }>,
): Promise<Scene> {
  const { scene } = proof;
  const evidence = evidenceOf(gate, proof, reserved, judgement);
  const after: Scene = { ...scene, evidence: [...scene.evidence, evidence] };
  return gate.transaction(async (tx) => {
    await spendOneTimeValues(gate, tx, proof, reserved, judgement);
    const now = gate.clock.now();
    const used = reserved.target.authenticator;
    const isSecond = used !== null && isSecondFactor(gate, used.method) && !isAppMethod(used.method);
    const phoneId = CONFIRMING.includes(proof.ask.slot) ? proof.ask.target : null;
    const [, , isConfirmed] = await Promise.all([
      gate.ceremonies.insertEvidence(tx, scene.ceremony, evidence),
      isSecond && gate.accounts.markUsed(tx, scene.prover.id, used.id, now),
      phoneId === null || gate.accounts.confirmContact(tx, scene.prover.id, phoneId, now),
      gate.audit(tx, auditOf(gate, proof, 'proof-accepted', judgement.by)),
    ]);
    if (!isConfirmed) throw challengeOver();
    await proof.alongside?.(tx, after);
    return after;
  });
}

/** All that may be done once: sent together and carried out in this order, each by one conditional statement. */
async function spendOneTimeValues(
  gate: Gate,
  tx: Tx,
  proof: Proof,
  reserved: Reserved,
  { spend }: Extract<Judgement, { accepted: true }>,
): Promise<void> {
  const { scene, presenter, isNew } = proof;
  const now = gate.clock.now();
  const [isOpen, isCurrent, , , isSpent] = await Promise.all([
    isNew
      ? storeCeremony(gate, tx, scene.ceremony, presenter).then(() => true)
      : gate.ceremonies.step(tx, scene.ceremony, now),
    gate.accounts.lockInEpoch(tx, scene.prover.id, scene.ceremony.epoch, standingFor(scene.ceremony.purpose)),
    // Before the challenge, as when the try was counted: two transactions never wait for one another.
    gate.attempts.release(tx, reserved.bucket, now),
    settleChallenge(gate, tx, proof, reserved, now),
    spend?.(tx) ?? true,
  ]);
  if (!isOpen || !isCurrent) throw ceremonyGone();
  if (!isSpent) throw SPENT_ELSEWHERE;
}

async function settleChallenge(
  gate: Gate,
  tx: Tx,
  { scene, ask, ticketId }: Proof,
  { factor, challenge }: Reserved,
  now: Date,
): Promise<void> {
  if (!factor.sends) return gate.challenges.insert(tx, challenge, 'proven');
  const state = ticketId === undefined ? 'proven' : 'void';
  if (!(await gate.challenges.settle(tx, challenge, state, now))) throw challengeOver();
  if (ticketId === undefined) return;
  // The ticket is spent; what was proven stands with whose it turned out to be.
  const own = { proverId: scene.prover.id, ceremonyId: scene.ceremony.id, target: ask.target };
  await gate.challenges.insert(tx, { ...challenge, ...own }, 'proven');
}

function evidenceOf(
  gate: Gate,
  proof: Proof,
  { challenge, target }: Reserved,
  { countsAs, levelCap }: Extract<Judgement, { accepted: true }>,
): StoredEvidence {
  const { scene, ask } = proof;
  const source = target.authenticator ?? target.contact;
  return {
    challengeId: challenge.id,
    slot: proof.pending?.evidenceSlot ?? ask.slot,
    role: scene.prover.id === scene.ceremony.subjectId ? 'subject' : 'approver',
    method: countsAs ?? ask.method,
    target: ask.target,
    channelId: source?.channelId ?? scene.prover.id,
    levelCap: levelCap ?? target.authenticator?.bindingLevel ?? 1,
    operationDigest: challenge.operationDigest,
    provenAt: gate.clock.now(),
  };
}
