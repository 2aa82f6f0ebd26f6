import type { Tx } from '../platform/database/database.ts';
import { Problem } from '../platform/http/problems.ts';
import { TRIES_PER_CHALLENGE, UNGUESSABLE } from './attempts.ts';
import { addressKey, isAskedFor, newChallenge } from './challenge.ts';
import { type Factor, type Judgement, refused, type Target } from './factor.ts';
import {
  challengeOver,
  codeRejected,
  methodDisabled,
  methodUnavailable,
  tooManyTries,
} from './gate.problems.ts';
import type { Challenge, Scene } from './model.ts';
import { NEW_CONTACT, NEW_FACTOR, OLD_CONTACT } from './policies.ts';
import type { AccessLine, Gate } from './ports.ts';
import { auditOf, type Proof, type Reserved } from './proof.ts';
import { resolveTarget } from './scene.ts';
import { SPENT_ELSEWHERE, settle } from './settle.ts';
import { tellUse } from './use-notices.ts';
import { wakeWaiting } from './waiting.ts';

/** Tries in a minute for one account and from one network, whichever the method (ASVS 2.4.1). */
const ACCOUNT_TRIES = { count: 10, perSeconds: 60 } as const;
const NETWORK_TRIES = { count: 30, perSeconds: 60 } as const;

/** Slots whose target is none of the account's: whoever calls has judged that it may answer. */
const PENDING: readonly string[] = [NEW_FACTOR, NEW_CONTACT, OLD_CONTACT];

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

async function reserve(gate: Gate, proof: Proof): Promise<Reserved> {
  const { scene, ask, presenter } = proof;
  const factor = gate.factors.get(ask.method);
  const target = proof.pending?.target ?? resolveTarget(scene.prover, ask.target);
  const allowed = proof.pending ? PENDING.includes(ask.slot) : isAskedFor(gate, scene, ask);
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
    return { factor, challenge, target, bucket, failures: reservation.failures };
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

/** How often it may be tried before there is a pause, where its factor says so; alike for names that nobody has. */
function triesBeforePause({ tellsTries, lock }: Factor, failures: number): number | null {
  if (!tellsTries || lock.pauseEvery === null) return null;
  const since = failures % lock.pauseEvery;
  return since === 0 ? 0 : lock.pauseEvery - since;
}

async function reject(
  gate: Gate,
  proof: Proof,
  reserved: Reserved,
  judgement: Extract<Judgement, { accepted: false }>,
): Promise<never> {
  const { scene } = proof;
  const { factor, challenge, failures } = reserved;
  const left = factor.sends ? triesOf(factor) - challenge.tries : triesBeforePause(factor, failures);
  // The page that waits for somebody's app is told.
  const isOver = left === 0 && challenge.question !== null;
  await gate.transaction(async (tx) => {
    if (isOver) await gate.challenges.settle(tx, challenge, 'exhausted', gate.clock.now());
    await judgement.alert?.(tx);
    const event = auditOf(gate, proof, 'proof-refused');
    // Of a name that nobody has there is nobody to tell.
    if (scene.prover.decoy) return gate.audit(tx, event);
    await tellUse(gate, tx, scene.prover, failureOf(proof), proof.presenter);
    await gate.access(tx, event, failureOf(proof));
  });
  if (isOver) wakeWaiting(gate, scene.ceremony);
  throw codeRejected({ triesLeft: judgement.triesLeft ?? left });
}

/** What the holder reads of a proof that failed. */
function failureOf({ scene: { ceremony }, ask }: Proof): AccessLine {
  const level = ceremony.policy.needs.find((one) => one.need === 'level')?.level ?? null;
  const { clientId } = ceremony.context;
  return { kind: ceremony.purpose, outcome: 'failure', method: ask.method, level, clientId };
}
