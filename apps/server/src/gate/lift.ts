import type { Level } from '@sigillo/assurance';
import { mayLift } from '@sigillo/identity';
import type { Tx } from '../platform/database/database.ts';
import { draftCeremony } from './begin.ts';
import { isAppMethod } from './devices.ts';
import { ceremonyGone, proofMissing } from './gate.problems.ts';
import type { Doubt, Hold, HoldCause } from './hold.ts';
import { noticeLifted } from './hold-notices.ts';
import { type Lifted, liftHolds } from './holds.ts';
import type { CeremonyContext, Presenter, Prover, Scene } from './model.ts';
import { LIFT_SUSPENSION, liftPolicy } from './policies.ts';
import type { Gate } from './ports.ts';
import { secondFactorsOf, verdictOf } from './scene.ts';

/** Causes for which what the holder has may be in other hands, or gone: two channels lift them. */
const LOST: readonly HoldCause[] = ['lost-credential', 'emergency-link'];

/** A sign-in to an account that is suspended: it leads to lifting that, and to nothing else. */
export function draftLift(
  gate: Gate,
  prover: Prover,
  holds: readonly Hold[],
  context: CeremonyContext,
): Scene {
  const isLost = holds.some(({ cause }) => LOST.includes(cause));
  const seconds = secondFactorsOf(gate, prover).filter(
    ({ method }) => gate.factors.has(method) && (!isAppMethod(method) || method === 'app-code'),
  );
  const policy = liftPolicy(!isLost && seconds.length > 0);
  const beginning = { prover, purpose: LIFT_SUSPENSION, policy, context };
  return { ceremony: draftCeremony(gate, beginning), prover, evidence: [] };
}

/**
 * Who ends a hold: its holder, now; or, with the reasons, whoever proves the identity anew, since its time is over and
 * it is not as sure as before; or two operators, since somebody suspected misuse.
 */
export interface HoldStanding {
  hold: Hold;
  lifts: 'holder' | 'new-proofing' | 'operators';
  doubts: Doubt[];
}

/** How the holds of an account stand for its holder. */
export function standingsOf(gate: Gate, scene: Pick<Scene, 'prover'>): Promise<HoldStanding[]> {
  return gate.transaction(async (tx) => {
    const holds = await gate.holds.list(tx, scene.prover.id);
    return judgeHolds(gate, tx, scene.prover.id, holds);
  });
}

async function judgeHolds(gate: Gate, tx: Tx, accountId: string, holds: Hold[]): Promise<HoldStanding[]> {
  const kept = holds.filter((hold) => isKept(gate, hold));
  const ending = kept.map(({ cause }) => cause);
  const doubts = ending.length > 0 ? await gate.holdings.doubts(tx, accountId, ending) : [];
  return holds.map((hold): HoldStanding => {
    if (!mayLift(hold.cause, 'holder')) return { hold, lifts: 'operators', doubts: [] };
    const isDoubtful = ending.includes(hold.cause) && doubts.length > 0;
    return { hold, lifts: isDoubtful ? 'new-proofing' : 'holder', doubts: isDoubtful ? doubts : [] };
  });
}

/** Its time is over, and the platform did not end it by itself ([SPID-IDL-8]). */
const isKept = (gate: Gate, { until, dueAt }: Hold): boolean =>
  until !== null && dueAt === null && until <= gate.clock.now();

/**
 * Lifts, by a satisfied ceremony that was held for nothing else, all that its holder may lift.
 *
 * @returns what ended, and what is left
 * @throws proofMissing; ceremonyGone, also for all but one of several callers
 */
export async function admitLift(
  gate: Gate,
  scene: Scene,
  presenter: Presenter,
): Promise<Lifted & { left: HoldStanding[] }> {
  const { ceremony, prover } = scene;
  if (ceremony.purpose !== LIFT_SUSPENSION) throw ceremonyGone();
  const verdict = verdictOf(gate, scene);
  if (!verdict.satisfied) throw proofMissing();
  const accountId = prover.id;
  return gate.transaction(async (tx) => {
    const isClosed = await gate.ceremonies.close(tx, ceremony, 'admitted', gate.clock.now());
    const isCurrent = await gate.accounts.lockInEpoch(tx, accountId, ceremony.epoch, 'suspended');
    if (!isClosed || !isCurrent) throw ceremonyGone();
    const standings = await judgeHolds(gate, tx, accountId, await gate.holds.list(tx, accountId));
    const causes = standings.filter(({ lifts }) => lifts === 'holder').map(({ hold }) => hold.cause);
    const lifted = await liftHolds(gate, tx, { accountId, causes, by: 'holder' }, presenter.client);
    if (lifted.isActive) await noticeLifted(gate, tx, prover, presenter.client);
    await recordLift(gate, tx, scene, presenter, verdict.level);
    return { ...lifted, left: standings.filter(({ hold }) => !causes.includes(hold.cause)) };
  });
}

/** In the holder's access history too: what was proven, and from where. */
function recordLift(
  gate: Gate,
  tx: Tx,
  { ceremony, prover, evidence }: Scene,
  { client }: Presenter,
  level: 0 | Level,
): Promise<void> {
  const { clientId } = ceremony.context;
  const event = {
    type: 'lift-proven' as const,
    accountId: prover.id,
    actor: prover.kind,
    at: gate.clock.now(),
    client,
  };
  const method = evidence.at(-1)?.method ?? null;
  const line = { kind: LIFT_SUSPENSION, outcome: 'success' as const, method, level: level || null, clientId };
  return gate.access(tx, { ...event, details: { level, clientId } }, line);
}
