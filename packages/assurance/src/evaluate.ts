import { acceptedBy, allowsSecond, carriedLevel } from './level.ts';
import { acrOf, isSecondFactor, METHODS, type Method, type MethodTable, policyName } from './methods.ts';
import {
  type Authenticator,
  type ChannelsNeed,
  type Evidence,
  FIRST,
  type FreshNeed,
  type LevelNeed,
  type Need,
  type Option,
  type Policy,
  RECOVERY,
  type RenewedNeed,
  SECOND,
  type SlotNeed,
  type Verdict,
} from './policy.ts';

export interface Situation {
  policy: Policy;
  evidence: readonly Evidence[];
  /** Enrolled and usable now. */
  authenticators: readonly Authenticator[];
  nowMs: number;
  /** Hex digest of the operation in question, or null. */
  operationDigest: string | null;
  /** What the methods are worth; another table only in tests of methods to come. */
  methods?: MethodTable;
}

interface Scene extends Required<Situation> {
  /** The evidence that counts at all: for a bound policy, only what was given for this operation. */
  counted: readonly Evidence[];
}

type Unmet = { options: Option[]; setUp: Method[] };

/**
 * Whether the evidence satisfies the policy, with the level, `acr`, `amr` and time it amounts to; otherwise
 * the first need that is not met, what may be proven next, and which second factors would have to be set up.
 * Pure: the same situation always gives the same verdict.
 */
export function evaluate(situation: Situation): Verdict {
  const scene: Scene = { methods: METHODS, ...situation, counted: countedEvidence(situation) };
  const carried = carriedLevel(scene.counted, scene.methods, scene.operationDigest);
  for (const need of scene.policy.needs) {
    const missing = unmet(need, scene);
    if (missing) return { satisfied: false, level: carried.level, unmet: need, ...missing };
  }
  return { satisfied: true, ...describe(scene) };
}

function countedEvidence({ policy, evidence, operationDigest }: Situation): readonly Evidence[] {
  if (!policy.bound) return evidence;
  return evidence.filter((piece) => operationDigest !== null && piece.operationDigest === operationDigest);
}

function unmet(need: Need, scene: Scene): Unmet | undefined {
  switch (need.need) {
    case 'level':
      return unmetLevel(need, scene);
    case 'fresh':
      return unmetFresh(need, scene);
    case 'channels':
      return unmetChannels(need, scene);
    case 'slot':
      return unmetSlot(need, scene);
    case 'renewed':
      return unmetRenewed(need, scene);
  }
}

function unmetLevel(need: LevelNeed, scene: Scene): Unmet | undefined {
  const usable = allowedSeconds(need, scene.authenticators, scene);
  const accepted = acceptedBy(need, scene.counted, scene.methods, scene.nowMs).filter(
    (piece) =>
      need.smsAlone || piece.method !== 'sms-code' || usable.some((one) => one.method === 'sms-code'),
  );
  const { level } = carriedLevel(accepted, scene.methods, scene.operationDigest);
  if (level >= need.level) return undefined;
  const hasFirst = accepted.some((piece) => isFirst(piece.method, scene) && piece.slot === FIRST);
  if (!hasFirst)
    return {
      options: offer(
        scene.authenticators.filter((one) => isFirst(one.method, scene) && mayBeFirst(need, one, scene)),
        FIRST,
      ),
      setUp: [],
    };
  const seconds = usable.filter((one) => reaches(one, need, scene));
  return { options: offer(seconds, SECOND), setUp: seconds.length === 0 ? settable(need, scene) : [] };
}

/** What is both factors at once begins a sign-in only where it is accepted as the second one too. */
function mayBeFirst(need: LevelNeed, one: Authenticator, scene: Scene): boolean {
  const isBoth = isSecond(one.method, scene);
  // Nothing but one factor that is both at once makes level 3.
  if (need.level === 3 && scene.policy.bound && !(isBoth && reaches(one, need, scene))) return false;
  return !isBoth || allowsSecond(need, one.method, scene.methods);
}

/** Second factors the need accepts; SMS only beside another one where it may not stand alone. */
function allowedSeconds(
  need: LevelNeed,
  authenticators: readonly Authenticator[],
  scene: Scene,
): Authenticator[] {
  const seconds = authenticators.filter(
    (one) => isSecond(one.method, scene) && allowsSecond(need, one.method, scene.methods),
  );
  const another = seconds.some((one) => one.method !== 'sms-code');
  return need.smsAlone || another ? seconds : [];
}

function reaches(authenticator: Authenticator, need: LevelNeed, scene: Scene): boolean {
  const cap = scene.methods[authenticator.method]?.levelCap ?? 1;
  return Math.min(cap, authenticator.bindingLevel) >= need.level;
}

/**
 * What the holder could set up so that the need can be met at all, in the order the policy names them. Nothing for
 * level 3: a factor is bound as strongly as what was proven when it was set up.
 */
function settable(need: LevelNeed, scene: Scene): Method[] {
  if (need.level === 3) return [];
  const all = need.secondFactors ?? Object.keys(scene.methods);
  return all.filter(
    (method) =>
      isSecond(method, scene) &&
      policyName(method, scene.methods) === method &&
      (scene.methods[method]?.levelCap ?? 1) >= need.level,
  );
}

function unmetFresh(need: FreshNeed, scene: Scene): Unmet | undefined {
  const seconds = scene.authenticators.filter((one) => isSecond(one.method, scene));
  const wanted =
    seconds.length > 0 ? seconds : scene.authenticators.filter((one) => isFirst(one.method, scene));
  const slot = seconds.length > 0 ? SECOND : FIRST;
  const isFresh = (piece: Evidence) =>
    scene.nowMs - piece.provenAtMs <= need.withinSeconds * 1000 &&
    (piece.slot === FIRST || piece.slot === SECOND) &&
    (seconds.length === 0 || isSecond(piece.method, scene));
  return scene.counted.some(isFresh) ? undefined : { options: offer(wanted, slot), setUp: [] };
}

function unmetChannels(need: ChannelsNeed, scene: Scene): Unmet | undefined {
  const proven = scene.counted.filter(
    (piece) => (piece.slot === FIRST || piece.slot === RECOVERY) && scene.methods[piece.method]?.recovers,
  );
  const channels = new Set(proven.map((piece) => piece.channelId));
  if (channels.size >= need.count) return undefined;
  const open = scene.authenticators.filter(
    (one) => scene.methods[one.method]?.recovers && !channels.has(one.channelId),
  );
  return { options: offer(open, RECOVERY), setUp: [] };
}

function unmetSlot(need: SlotNeed, scene: Scene): Unmet | undefined {
  const fills = (piece: Evidence) =>
    piece.slot === need.slot &&
    need.methods.includes(policyName(piece.method, scene.methods)) &&
    (need.target === null || piece.target === need.target);
  if (scene.counted.some(fills)) return undefined;
  return {
    options: need.methods.map((method) => ({ slot: need.slot, method, target: need.target })),
    setUp: [],
  };
}

/** Nothing that was proven makes up for it: another password does. */
function unmetRenewed({ slot, after }: RenewedNeed, scene: Scene): Unmet | undefined {
  const over = scene.counted.find((piece) => piece.isOver);
  if (!over) return undefined;
  const before = after === null ? undefined : unmetSlot(after, scene);
  return before ?? { options: [{ slot, method: over.method, target: over.target }], setUp: [] };
}

function isFirst(method: Method, scene: Scene): boolean {
  const traits = scene.methods[method];
  return traits?.signsIn === true && (traits.kind === 'knowledge' || traits.kind === 'both');
}

const isSecond = (method: Method, scene: Scene): boolean => isSecondFactor(method, scene.methods);

function offer(authenticators: readonly Authenticator[], slot: string): Option[] {
  return authenticators.map((one) => ({ slot, method: one.method, target: one.id }));
}

/** Level and references of what was really proven: never set, always computed from the evidence. */
function describe(scene: Scene) {
  const levelNeed = scene.policy.needs.find((need) => need.need === 'level');
  const accepted = levelNeed
    ? acceptedBy(levelNeed, scene.counted, scene.methods, scene.nowMs)
    : scene.counted;
  const { level, by } = carriedLevel(accepted, scene.methods, scene.operationDigest);
  if (level === 0) return { level, acr: null, amr: [], authTimeMs: null };
  const names = new Set(by.flatMap((piece) => scene.methods[piece.method]?.amr ?? []));
  if (level >= 2) names.add('mfa');
  return {
    level,
    acr: acrOf(level),
    amr: [...names],
    authTimeMs: Math.min(...by.map((piece) => piece.provenAtMs)),
  };
}
