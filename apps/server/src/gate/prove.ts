import { NOBODY } from '../platform/audit/audit.ts';
import type { Tx } from '../platform/database/database.ts';
import { Problem } from '../platform/http/problems.ts';
import { type Lane, TRIES_PER_CHALLENGE, UNGUESSABLE } from './attempts.ts';
import { storeCeremony } from './begin.ts';
import { addressKey, isAskedFor, newChallenge } from './challenge.ts';
import { isAppMethod } from './devices.ts';
import { type Factor, type Judgement, type Response, refused, type Target } from './factor.ts';
import {
  ceremonyGone,
  challengeOver,
  codeRejected,
  methodDisabled,
  methodUnavailable,
  tooManyTries,
} from './gate.problems.ts';
import type { Ask, Challenge, Presenter, Scene, StoredEvidence } from './model.ts';
import { CONFIRMING, NEW_FACTOR } from './policies.ts';
import type { Gate } from './ports.ts';
import { isSecondFactor, resolveTarget } from './scene.ts';
import { wakeWaiting } from './waiting.ts';

export interface Proof {
  scene: Scene;
  ask: Ask;
  /** The challenge that was sent; null where nothing is sent. */
  challengeId: string | null;
  response: Response;
  presenter: Presenter;
  /** The ceremony is not stored yet: it is, together with its first evidence. */
  isNew?: boolean;
  /** The ticket under which the challenge was started, before anybody knew whose it would be. */
  ticketId?: string;
  /** A factor being set up: whoever calls has judged that it may be. Its evidence may count in another slot. */
  pending?: { target: Target; evidenceSlot: string };
  /** Runs in the transaction that stores the evidence: all or nothing. */
  alongside?(tx: Tx, scene: Scene): Promise<void>;
}

interface Reserved {
  factor: Factor;
  challenge: Challenge;
  target: Target;
  bucket: { accountId: string; factor: string; lane: Lane };
}

/** Tries in a minute for one account and from one network, whichever the method (ASVS 2.4.1). */
const ACCOUNT_TRIES = { count: 10, perSeconds: 60 } as const;
const NETWORK_TRIES = { count: 30, perSeconds: 60 } as const;

/**
 * Judges one proof: **reserves** the try and commits, **judges** outside any transaction, **settles** by
 * consuming the one-time value, storing evidence and audit, and forgiving the try. A crash in between leaves
 * a failed try and nothing else.
 *
 * @returns the scene with the new evidence
 * @throws codeRejected, challengeOver, tooManyTries, methodDisabled, methodUnavailable, ceremonyGone
 */
export async function prove(gate: Gate, proof: Proof): Promise<Scene> {
  const reserved = await reserve(gate, proof);
  const judgement = await judge(gate, proof, reserved);
  if (!judgement.accepted) return reject(gate, proof, reserved, judgement);
  try {
    const after = await settle(gate, proof, reserved, judgement);
    wakeWaiting(gate, after.ceremony);
    judgement.afterwards?.();
    return after;
  } catch (error) {
    if (error === SPENT_ELSEWHERE) return reject(gate, proof, reserved, refused);
    throw error;
  }
}

/** Rolls the settling transaction back when the one-time value was consumed by somebody else. */
const SPENT_ELSEWHERE = new Error('the one-time value was consumed by another request');

async function reserve(gate: Gate, proof: Proof): Promise<Reserved> {
  const { scene, ask, presenter } = proof;
  const factor = gate.factors.get(ask.method);
  const target = proof.pending?.target ?? resolveTarget(scene.prover, ask.target);
  const allowed = proof.pending ? ask.slot === NEW_FACTOR : isAskedFor(gate, scene, ask);
  const mayAnswer = factor?.answeredBy === undefined || factor.answeredBy === presenter.kind;
  if (!factor || !target || !allowed || !mayAnswer) throw methodUnavailable();
  gate.limits.take(`tries-from:${presenter.client.network}`, NETWORK_TRIES);
  // Where nothing was sent, the try is all that is written.
  const counting = factor.sends ? gate.transaction : gate.single;
  return counting(async (tx) => {
    const recognised =
      presenter.recognisedHash !== null &&
      (await gate.attempts.isRecognised(tx, scene.prover.id, presenter.recognisedHash));
    const bucket = {
      accountId: scene.prover.id,
      factor: bucketOf(gate, factor, target, proof.pending !== undefined),
      lane: recognised ? ('recognised' as const) : ('unknown' as const),
    };
    // In a lane of its own, so that strangers who try cannot keep the owner's browser out.
    if (factor.lock !== UNGUESSABLE)
      gate.limits.take(`tries-${bucket.lane}:${scene.prover.id}`, ACCOUNT_TRIES);
    const now = gate.clock.now();
    const reservation = await gate.attempts.reserve(tx, bucket, factor.lock, now);
    if (!reservation.granted) throw whyNot(reservation, now);
    const challenge = factor.sends
      ? await takeSent(gate, tx, proof, triesOf(factor))
      : newChallenge(gate, scene, ask, gate.settings.ceremonySeconds);
    return { factor, challenge, target, bucket };
  });
}

/**
 * What is being set up or confirmed has a bucket of its own, by its address, so that neither a method that was
 * closed nor ever new contacts change how often one may guess.
 */
function bucketOf(gate: Gate, factor: Factor, target: Target, isPending: boolean): string {
  const isNew = isPending || target.contact?.verifiedAt === null;
  if (isNew) return `${factor.method}:new:${addressKey(gate, target) ?? target.authenticator?.id}`;
  if (factor.countedPer === 'account') return factor.method;
  const channelId = target.contact?.channelId ?? target.authenticator?.channelId ?? '';
  return `${factor.method}:${channelId}`;
}

function whyNot(refusal: { disabled: boolean; until: Date | null }, now: Date) {
  if (refusal.disabled) return methodDisabled();
  const waitMs = (refusal.until?.getTime() ?? now.getTime()) - now.getTime();
  return tooManyTries({ retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) });
}

const triesOf = (factor: Factor): number => factor.sends?.tries ?? TRIES_PER_CHALLENGE;

/** The sent challenge, if it is the one asked for and has a try left: counted before the code is looked at. */
async function takeSent(gate: Gate, tx: Tx, proof: Proof, tries: number): Promise<Challenge> {
  const { scene, ask, challengeId, ticketId } = proof;
  const key =
    ticketId === undefined
      ? { proverId: scene.prover.id, ceremonyId: scene.ceremony.id }
      : { proverId: ticketId, ceremonyId: ticketId };
  // Under a ticket nobody in particular was asked.
  const target = ticketId === undefined ? ask.target : null;
  const found =
    challengeId === null ? undefined : await gate.challenges.find(tx, { ...key, id: challengeId });
  const isThisOne =
    found !== undefined &&
    found.slot === ask.slot &&
    found.method === ask.method &&
    found.target === target &&
    found.operationDigest === scene.ceremony.context.operationDigest;
  const taken = isThisOne && (await gate.challenges.takeTry(tx, found, tries, gate.clock.now()));
  if (!isThisOne || !taken) throw challengeOver();
  return { ...found, tries: taken.tries };
}

/** What a factor refuses to judge (it is too busy) was no try. */
async function judge(gate: Gate, proof: Proof, reserved: Reserved): Promise<Judgement> {
  const { factor, challenge, target, bucket } = reserved;
  const { scene, presenter, response } = proof;
  const { prover, ceremony } = scene;
  try {
    const { purpose } = ceremony;
    return await factor.judge({ prover, challenge, target, presenter, purpose, response, ceremony });
  } catch (error) {
    if (error instanceof Problem)
      await gate.transaction(async (tx) => {
        await gate.attempts.takeBack(tx, bucket, factor.lock, gate.clock.now());
        if (factor.sends) await gate.challenges.giveBackTry(tx, challenge);
      });
    throw error;
  }
}

async function reject(
  gate: Gate,
  proof: Proof,
  reserved: Reserved,
  judgement: Extract<Judgement, { accepted: false }>,
): Promise<never> {
  const { scene, presenter } = proof;
  const { factor, challenge } = reserved;
  const left = factor.sends ? triesOf(factor) - challenge.tries : null;
  // The page that waits for somebody's app is told.
  const isOver = left === 0 && challenge.question !== null;
  await gate.transaction(async (tx) => {
    await gate.audit(tx, auditOf(gate, proof, 'proof-refused'));
    if (isOver) await gate.challenges.settle(tx, challenge, 'exhausted', gate.clock.now());
    if (scene.prover.decoy) return;
    await gate.access(
      tx,
      {
        accountId: scene.prover.id,
        kind: scene.ceremony.purpose,
        outcome: 'failure',
        method: proof.ask.method,
        clientId: scene.ceremony.context.clientId,
      },
      presenter,
    );
    await judgement.alert?.(tx);
  });
  if (isOver) wakeWaiting(gate, scene.ceremony);
  throw codeRejected({ triesLeft: judgement.triesLeft ?? left });
}

async function settle(
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
    gate.accounts.lockInEpoch(tx, scene.prover.id, scene.ceremony.epoch),
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

function auditOf(gate: Gate, proof: Proof, type: string, device: string | null = null) {
  const { scene, ask, presenter } = proof;
  return {
    type,
    // A name that nobody has leaves no key and no history of its own.
    accountId: scene.prover.decoy ? NOBODY : scene.prover.id,
    actor: 'holder' as const,
    at: gate.clock.now(),
    client: presenter.client,
    details: {
      method: ask.method,
      slot: ask.slot,
      purpose: scene.ceremony.purpose,
      clientId: scene.ceremony.context.clientId,
      knownAccount: !scene.prover.decoy,
      ...(device && { device }),
    },
  };
}
