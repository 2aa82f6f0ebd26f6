/**
 * How failures slow down and finally close a method. Every try is counted as a failure before it is judged
 * and forgiven when it succeeds, so that a crash in between counts as a failure too.
 */
export interface LockRule {
  /** After so many failures in a row comes a pause; null: no pauses. */
  pauseEvery: number | null;
  /** First pause; each further one is twice as long, up to the last. */
  firstPauseSeconds: number;
  longestPauseSeconds: number;
  /** At so many failures in a row the method is closed until recovery. */
  disableAt: number;
}

/** 5 wrong passwords or codes: 15 minutes, then 30, then an hour each; closed at 100 (RTS art. 4(3)(b)). */
export const GUESSABLE: LockRule = {
  pauseEvery: 5,
  firstPauseSeconds: 15 * 60,
  longestPauseSeconds: 60 * 60,
  disableAt: 100,
};

/** Codes that were sent: each challenge ends after five tries by itself; the channel closes at 100 in a row. */
export const SENT: LockRule = {
  pauseEvery: null,
  firstPauseSeconds: 0,
  longestPauseSeconds: 0,
  disableAt: 100,
};

/**
 * Signatures, which nobody guesses: wrong ones are recorded and never pause or close anything, else strangers
 * could keep their owner out.
 */
export const UNGUESSABLE: LockRule = {
  pauseEvery: null,
  firstPauseSeconds: 0,
  longestPauseSeconds: 0,
  disableAt: 2 ** 31 - 1,
};

export const TRIES_PER_CHALLENGE = 5;

export type Lane = 'recognised' | 'unknown';

export type Reservation =
  | { granted: true; failures: number }
  | { granted: false; disabled: boolean; until: Date | null };
