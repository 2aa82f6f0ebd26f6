import type { ArtifactModel } from './ports.ts';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** How long things live, in seconds. */
export const LIFETIMES = {
  accessToken: 10 * MINUTE,
  /** Read by APIs without asking us: what ends meanwhile they learn of late. */
  jwtAccessToken: 5 * MINUTE,
  authorizationCode: MINUTE,
  idToken: 10 * MINUTE,
  interaction: 10 * MINUTE,
  /** A refresh token that nobody uses, and one however much it is used. */
  refreshTokenIdle: 7 * DAY,
  refreshTokenAbsolute: 30 * DAY,
  /** Outlives every refresh token that a session may be given: a session lasts a day at most. */
  grant: 32 * DAY,
} as const;

/** A pushed request is presented within a minute, then waits for its holder, and is used once all the same. */
const PUSHED_REQUEST_KEPT = 60 * MINUTE;

/**
 * How long something is there to be found, when it lives for so long, in seconds. A refresh token that nobody uses
 * ends before its time; using it gives another, or prolongs it.
 */
export function keptSeconds(model: ArtifactModel, livesSeconds: number): number {
  if (model === 'PushedAuthorizationRequest') return PUSHED_REQUEST_KEPT;
  return model === 'RefreshToken' ? Math.min(livesSeconds, LIFETIMES.refreshTokenIdle) : livesSeconds;
}

/** How much a code or token is worth guessing, in bits. */
export const RANDOM_BITS = 256;
