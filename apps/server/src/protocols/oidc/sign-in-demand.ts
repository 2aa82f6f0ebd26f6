import { acrOf, type Level, levelOfAcr } from '@sigillo/assurance';

/** Level 3 is proven for one operation and carried by no session: no sign-in reaches it. */
export const LEVELS_OF_SESSIONS: readonly Level[] = [1, 2];

/** What an authorization request asks of the sign-in (OpenID Connect Core §3.1.2.1, §5.5.1.1). */
export interface SignInDemand {
  /** The lowest level that would do; null when the request names none. */
  level: Level | null;
  /** 0 for `prompt=login`. */
  maxAgeSeconds: number | null;
  /** Levels of an essential `acr` claim: the answer has to name one of these. */
  essential: Level[] | null;
}

/** The parameters it is read from, as the library has checked them. */
export interface DemandParams {
  acr_values?: unknown;
  claims?: unknown;
  max_age?: unknown;
  prompt?: unknown;
}

interface AcrClaim {
  essential?: boolean;
  value?: string;
  values?: string[];
}

/**
 * Reads what a request asks for; undefined when no sign-in can reach it. Several values ask for one of them;
 * a value that is not ours is one that cannot be reached.
 */
export function readDemand(params: DemandParams): SignInDemand | undefined {
  const claim = acrClaim(params.claims);
  const asked = [textOf(params.acr_values)?.split(' '), valuesOf(claim)].filter((one) => one !== undefined);
  const reachable = asked.map(levelsOf);
  if (reachable.some((levels) => levels.length === 0)) return undefined;
  const essential = claim?.essential === true && valuesOf(claim) ? (reachable.at(-1) ?? null) : null;
  return {
    level: reachable.length === 0 ? null : (Math.max(...reachable.map((one) => Math.min(...one))) as Level),
    maxAgeSeconds: maxAgeOf(params),
    essential,
  };
}

function maxAgeOf({ prompt, max_age: maxAge }: DemandParams): number | null {
  if (textOf(prompt)?.split(' ').includes('login')) return 0;
  return maxAge === undefined ? null : Number(maxAge);
}

function levelsOf(values: string[]): Level[] {
  return values
    .map(levelOfAcr)
    .filter((level) => level !== undefined && LEVELS_OF_SESSIONS.includes(level)) as Level[];
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function acrClaim(claims: unknown): AcrClaim | undefined {
  const text = textOf(claims);
  return text === undefined ? undefined : (JSON.parse(text).id_token?.acr ?? undefined);
}

const valuesOf = (claim: AcrClaim | undefined): string[] | undefined =>
  claim?.values ?? (claim?.value === undefined ? undefined : [claim.value]);

/** Whether an `acr` claim request has the form that `readDemand` relies on (OpenID Connect Core §5.5.1). */
export function isReadableAcrClaim(claim: unknown): boolean {
  if (claim === null || claim === undefined) return true;
  if (typeof claim !== 'object') return false;
  const { value, values } = claim as Record<string, unknown>;
  const isText = value === undefined || typeof value === 'string';
  const areTexts =
    values === undefined || (Array.isArray(values) && values.every((one) => typeof one === 'string'));
  return isText && areTexts;
}

/**
 * The `acr` to state for a level that was reached: itself, or, where the client insists on certain values, the
 * highest of those that it fulfils.
 */
export function acrToState(reached: Level, essential: readonly Level[] | null): string {
  const fulfilled = essential?.filter((level) => level <= reached) ?? [];
  return acrOf(fulfilled.length > 0 ? (Math.max(...fulfilled) as Level) : reached);
}

/**
 * How old evidence may be now. What was proven since the request began to wait counts however long the holder
 * took; what was proven before it has to be young enough for the request.
 *
 * @param sinceMs when the request began to wait for the holder, in Unix milliseconds; null when it did not
 */
export function ageAllowed(
  { maxAgeSeconds }: SignInDemand,
  sinceMs: number | null,
  nowMs: number,
): number | null {
  if (maxAgeSeconds === null || sinceMs === null) return maxAgeSeconds;
  return Math.max(maxAgeSeconds, (nowMs - sinceMs) / 1000);
}
