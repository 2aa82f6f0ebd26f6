const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** How long things live, in seconds. */
export const LIFETIMES = {
  accessToken: 10 * MINUTE,
  authorizationCode: MINUTE,
  idToken: 10 * MINUTE,
  interaction: 10 * MINUTE,
  /** A refresh token that nobody uses, and one however much it is used. */
  refreshTokenIdle: 7 * DAY,
  refreshTokenAbsolute: 30 * DAY,
  /** Outlives every refresh token that a session may be given: a session lasts a day at most. */
  grant: 32 * DAY,
} as const;

/** How much a code or token is worth guessing, in bits. */
export const RANDOM_BITS = 256;
