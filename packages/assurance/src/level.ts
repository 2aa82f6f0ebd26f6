import {
  isSecondFactor,
  type Level,
  type Method,
  type MethodTable,
  type MethodTraits,
  policyName,
} from './methods.ts';
import { type Evidence, FIRST, type LevelNeed, SECOND } from './policy.ts';

interface Weighed {
  evidence: Evidence;
  traits: MethodTraits;
  cap: Level;
}

/** Evidence that carries a level: one piece that is both factors, or a known and a held one. */
export interface Carried {
  level: 0 | Level;
  by: Evidence[];
}

const lower = (a: Level, b: Level): Level => (a < b ? a : b);

function weigh(evidence: readonly Evidence[], table: MethodTable): Weighed[] {
  return evidence.flatMap((piece) => {
    const traits = table[piece.method];
    const countsForLevel = piece.slot === FIRST || piece.slot === SECOND;
    if (!traits?.signsIn || !countsForLevel) return [];
    return [{ evidence: piece, traits, cap: lower(traits.levelCap, piece.levelCap) }];
  });
}

/** Level 3 is only for a factor that is both at once and answered for this operation; all else stops at 2. */
function levelOfBoth(piece: Weighed, digest: string | null): Level {
  const bound = digest !== null && piece.evidence.operationDigest === digest;
  return bound ? piece.cap : lower(piece.cap, 2);
}

/** A known and a held thing make level 2 when a thief of one channel would not have both. */
function pairs(weighed: Weighed[]): Carried[] {
  const known = weighed.filter((piece) => piece.traits.kind === 'knowledge');
  const held = weighed.filter((piece) => piece.traits.kind === 'possession');
  return known.flatMap((one) =>
    held
      .filter((other) => other.evidence.channelId !== one.evidence.channelId)
      .map((other) => ({ level: lower(lower(one.cap, other.cap), 2), by: [one.evidence, other.evidence] })),
  );
}

function ageOf(carried: Carried): number {
  return Math.min(...carried.by.map((piece) => piece.provenAtMs));
}

/**
 * The highest level that the evidence carries, by the most recent pieces that carry it.
 * Something held alone carries nothing: it is only ever asked for after the first factor.
 *
 * @param digest hex digest of the operation the level is wanted for, or null
 */
export function carriedLevel(
  evidence: readonly Evidence[],
  table: MethodTable,
  digest: string | null,
): Carried {
  const weighed = weigh(evidence, table);
  const alone: Carried[] = weighed
    .filter((piece) => piece.traits.kind === 'knowledge')
    .map((piece) => ({ level: 1, by: [piece.evidence] }));
  const both: Carried[] = weighed
    .filter((piece) => piece.traits.kind === 'both')
    .map((piece) => ({ level: levelOfBoth(piece, digest), by: [piece.evidence] }));
  const ways = [...alone, ...both, ...pairs(weighed)];
  return ways.reduce<Carried>((best, way) => (isBetter(way, best) ? way : best), { level: 0, by: [] });
}

function isBetter(way: Carried, best: Carried): boolean {
  return way.level > best.level || (way.level === best.level && ageOf(way) > ageOf(best));
}

/**
 * Evidence that a level need accepts: second factors it allows (also one that is both factors at once, and signs
 * in alone), and nothing older than its `max_age`.
 */
export function acceptedBy(
  need: LevelNeed,
  evidence: readonly Evidence[],
  table: MethodTable,
  nowMs: number,
) {
  return evidence.filter((piece) => {
    const allowed = !isSecondFactor(piece.method, table) || allowsSecond(need, piece.method, table);
    const young = need.maxAgeSeconds === null || nowMs - piece.provenAtMs <= need.maxAgeSeconds * 1000;
    return allowed && young;
  });
}

/** Whether a level need lets a method be the second factor. */
export const allowsSecond = (need: LevelNeed, method: Method, table: MethodTable): boolean =>
  need.secondFactors === null || need.secondFactors.includes(policyName(method, table));
