import type { Verdict } from '@sigillo/assurance';
import type { AuditEventType } from '../platform/audit/event-types.ts';
import type { Tx } from '../platform/database/database.ts';
import { newSecret, uuidv7 } from '../platform/ids.ts';
import { ceremonyGone, proofMissing } from './gate.problems.ts';
import { deviceBindingLevel, type LinkedDevice, linkDevice, type NewDevice } from './linking.ts';
import type { Presenter, Prover, Scene, Session, SessionEvidence } from './model.ts';
import { grantCapability } from './operations.ts';
import { CONSOLE_SIGN_IN } from './policies.ts';
import type { Capability, Gate } from './ports.ts';
import { verdictOf } from './scene.ts';
import { expectSecondFactor } from './second-factor-came.ts';
import { lifetimeOf, liveness, newSessionToken, sha256 } from './sessions.ts';
import { tellUse } from './use-notices.ts';
import { wakeWaiting } from './waiting.ts';

type Satisfied = Extract<Verdict, { satisfied: true }>;

export interface Admitted {
  session: Session;
  token: string;
  /** For the cookie by which this browser is recognised later; lifts lock-outs, proves nothing. */
  recognisedSecret: string;
}

/** A session with more proven, and the token it has from now on. */
export interface Raised {
  session: Session;
  token: string;
}

/**
 * Closes a satisfied ceremony, for the one caller that does; nothing else ends in an admission.
 *
 * @param locks lets one transaction of the account on at a time
 */
async function closeSatisfied(gate: Gate, tx: Tx, scene: Scene, locks = false): Promise<Satisfied> {
  const verdict = satisfiedVerdict(gate, scene);
  const { ceremony, prover } = scene;
  if (!opensFor(scene, verdict)) throw proofMissing();
  const [isClosed, , isCurrent] = await Promise.all([
    gate.ceremonies.close(tx, ceremony, 'admitted', gate.clock.now()),
    locks && gate.accounts.lock(tx, prover.id),
    gate.accounts.holdEpoch(tx, prover.id, ceremony.epoch),
    verdict.level >= 2 && hasBorrowedPassword(prover) && gate.accounts.ownPassword(tx, prover.id),
  ]);
  if (!isClosed || !isCurrent) throw ceremonyGone();
  await expectSecondFactor(gate, tx, scene);
  return verdict;
}

/** Operators are admitted to their console and nowhere else, at level 3; and nobody else to it. */
function opensFor({ ceremony, prover }: Scene, { level }: Satisfied): boolean {
  const isConsole = ceremony.purpose === CONSOLE_SIGN_IN;
  return prover.kind === 'operator' ? isConsole && level === 3 : !isConsole;
}

/** @throws proofMissing */
function satisfiedVerdict(gate: Gate, scene: Scene): Satisfied {
  const verdict = verdictOf(gate, scene);
  if (!verdict.satisfied) throw proofMissing();
  return verdict;
}

/**
 * Whether the password was last reset through a mailbox. Until its owner signs in with a second factor, the
 * two are one channel, so that the mailbox alone cannot recover what else was lost.
 */
function hasBorrowedPassword(prover: Prover): boolean {
  return prover.authenticators.some((one) => one.method === 'password' && one.channelId !== one.id);
}

/**
 * Opens a session on what was proven, with a new token, and recognises the browser from now on. The oldest
 * sessions beyond the limit end.
 *
 * @throws proofMissing, ceremonyGone (also for all but one of several callers)
 */
export async function admitSession(gate: Gate, scene: Scene, presenter: Presenter): Promise<Admitted> {
  const session = newSession(gate, scene, presenter);
  const { token, hash } = newSessionToken(session);
  const recognised = newSecret();
  const { accountId, createdAt } = session;
  await gate.transaction(async (tx) => {
    // Sent together, and carried out in this order.
    await Promise.all([
      closeSatisfied(gate, tx, scene),
      gate.sessions.insert(tx, session, hash),
      gate.sessions.endBeyond(
        tx,
        accountId,
        gate.settings.sessionsPerAccount,
        liveness(gate, session.accountKind),
      ),
      gate.attempts.recognise(tx, accountId, sha256(recognised), presenter.recognisedHash, createdAt),
      recordAdmission(gate, tx, scene, presenter, 'signed-in'),
    ]);
  });
  wakeWaiting(gate, scene.ceremony);
  return { session, token, recognisedSecret: recognised.toString('base64url') };
}

/**
 * Recognises the browser in which an account was recovered: strangers who keep its sign-in paused do not keep its
 * owner out. Proves nothing.
 *
 * @returns the secret for the cookie
 */
export async function recogniseOwner(gate: Gate, tx: Tx, accountId: string): Promise<string> {
  const secret = newSecret();
  await gate.attempts.forgetBrowsers(tx, accountId);
  await gate.attempts.recognise(tx, accountId, sha256(secret), null, gate.clock.now());
  return secret.toString('base64url');
}

function newSession(gate: Gate, scene: Scene, presenter: Presenter): Session {
  const createdAt = gate.clock.now();
  return {
    accountId: scene.prover.id,
    accountKind: scene.prover.kind,
    id: uuidv7(createdAt.getTime()),
    epoch: scene.ceremony.epoch,
    evidence: sessionEvidence(scene),
    clientAddress: presenter.client.address,
    userAgent: presenter.client.userAgent,
    createdAt,
    lastSeenAt: createdAt,
    expiresAt: new Date(createdAt.getTime() + lifetimeOf(gate, scene.prover.kind).seconds * 1000),
  };
}

/** The newest proof of each slot and target: what a session remembers. */
function sessionEvidence(scene: Scene): SessionEvidence[] {
  const newest = new Map<string, SessionEvidence>();
  for (const { slot, method, target, channelId, levelCap, provenAt } of scene.evidence) {
    const piece = { slot, method, target, channelId, levelCap, provenAtMs: provenAt.getTime() };
    const key = `${slot} ${target}`;
    if ((newest.get(key)?.provenAtMs ?? 0) <= piece.provenAtMs) newest.set(key, piece);
  }
  return [...newest.values()];
}

/**
 * Adds what was proven to a live session and gives it a new token; the old one is dead (ASVS 7.2.4).
 *
 * @throws proofMissing, ceremonyGone (also when the session ended meanwhile)
 */
export async function raiseSession(
  gate: Gate,
  scene: Scene,
  session: Session,
  presenter: Presenter,
): Promise<Raised> {
  if (session.accountId !== scene.prover.id) throw ceremonyGone();
  const { token, hash } = newSessionToken(session);
  const evidence = sessionEvidence(scene);
  await gate.transaction(async (tx) => {
    await closeSatisfied(gate, tx, scene);
    const raised = await gate.sessions.raise(tx, session, evidence, hash, liveness(gate));
    if (!raised) throw ceremonyGone();
    await recordAdmission(gate, tx, scene, presenter, 'confirmed');
  });
  wakeWaiting(gate, scene.ceremony);
  return { token, session: { ...session, evidence } };
}

/**
 * States once what was proven and opens nothing: for protocols whose strong levels may not start a session.
 *
 * @throws proofMissing, ceremonyGone
 */
export function admitAssertion(gate: Gate, scene: Scene, presenter: Presenter): Promise<Satisfied> {
  return gate.transaction(async (tx) => {
    const verdict = await closeSatisfied(gate, tx, scene);
    await recordAdmission(gate, tx, scene, presenter, 'asserted');
    return verdict;
  });
}

/**
 * Grants a counted right to carry out the operation the ceremony was for; dead when the account's epoch moves.
 *
 * @throws proofMissing, ceremonyGone
 */
export async function admitCapability(
  gate: Gate,
  scene: Scene,
  presenter: Presenter,
  uses: number,
): Promise<{ capability: Capability; token: string }> {
  const { ceremony, prover } = scene;
  const { operationId, epoch, expiresAt } = ceremony;
  if (!operationId) throw proofMissing();
  return gate.transaction(async (tx) => {
    await closeSatisfied(gate, tx, scene);
    const grant = { accountId: prover.id, operationId, epoch, usesLeft: uses, expiresAt };
    const granted = await grantCapability(gate, tx, grant);
    await recordAdmission(gate, tx, scene, presenter, 'capability-granted');
    return granted;
  });
}

/**
 * Links an app on what was proven in it, and opens nothing else. Who has got a second factor since the ceremony began
 * has to show it all the same.
 *
 * @throws proofMissing, ceremonyGone (also for all but one of several callers), tooManyDevices
 */
export function admitDevice(
  gate: Gate,
  scene: Scene,
  presenter: Presenter,
  wanted: NewDevice,
): Promise<LinkedDevice> {
  return gate.transaction(async (tx) => {
    const verdict = await closeSatisfied(gate, tx, scene, true);
    const prover = await gate.accounts.load(tx, scene.prover.id);
    if (!prover) throw ceremonyGone();
    const bindingLevel = deviceBindingLevel(gate, prover, verdict.level || 1);
    const linked = await linkDevice(gate, tx, prover, presenter, {
      ...wanted,
      bindingLevel,
      keptSession: null,
    });
    await recordAdmission(gate, tx, scene, presenter, 'app-linked');
    return linked;
  });
}

async function recordAdmission(
  gate: Gate,
  tx: Tx,
  scene: Scene,
  presenter: Presenter,
  type: AuditEventType,
): Promise<void> {
  const { ceremony, prover } = scene;
  const verdict = satisfiedVerdict(gate, scene);
  const { clientId } = ceremony.context;
  const event = {
    type,
    accountId: prover.id,
    actor: prover.kind,
    at: gate.clock.now(),
    client: presenter.client,
    details: {
      purpose: ceremony.purpose,
      level: verdict.level,
      amr: verdict.amr.join(' '),
      clientId,
    },
  };
  const method = scene.evidence.at(-1)?.method ?? null;
  const { purpose: kind } = ceremony;
  const level = verdict.level || null;
  const line = { kind, outcome: 'success' as const, method, level, clientId };
  await Promise.all([
    gate.noteUse(tx, prover.id),
    tellUse(gate, tx, prover, line, presenter),
    gate.access(tx, event, line),
  ]);
}
