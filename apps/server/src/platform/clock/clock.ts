/** Where every part of the server reads the time; SQL gets it as a value. */
export interface Clock {
  /** Unix time, in milliseconds. */
  nowMs(): number;
  now(): Date;
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The computer's clock. In the development and test profiles `shift-date.ts` may have moved it. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  now: () => new Date(),
};

/** @returns 0 for what is still to come */
export const secondsSince = (then: Date, nowMs: number): number =>
  Math.max(0, (nowMs - then.getTime()) / SECOND_MS);

/** A clock for tests that stands still until it is advanced. */
export function fixedClock(startMs: number): Clock & { advance(ms: number): void } {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    now: () => new Date(nowMs),
    advance: (ms) => {
      nowMs += ms;
    },
  };
}
