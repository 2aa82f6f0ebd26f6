import { SECOND_MS } from '../clock/clock.ts';

/**
 * Stands between a queue and a provider that is away: after failures in a row nothing is tried but one message now
 * and then, so that messages keep their attempts for when the provider is back.
 *
 * ```
 *            failures in a row           pause over: one try
 *  closed ─────────────────────► open ─────────────────────► trying
 *     ▲                            ▲──── it failed: a longer pause ┘│
 *     └─────────────────────── it went through ─────────────────────┘
 * ```
 */
export interface Breaker {
  /** How many of the messages that there is room for may be tried now. */
  allow(room: number, nowMs: number): number;
  /** Whether the provider is away: what fails then says nothing about a message. */
  isAway(): boolean;
  /** The provider answered, be it that it refused one message for good. @returns whether it was away */
  answered(): boolean;
  /** @returns whether this made it count as away */
  failed(nowMs: number): boolean;
}

const FAILURES_IN_A_ROW = 10;
const FIRST_PAUSE_MS = 2 * SECOND_MS;
const LONGEST_PAUSE_MS = 30 * SECOND_MS;

type State =
  | { name: 'closed'; failures: number }
  | { name: 'open'; untilMs: number; pauseMs: number }
  | { name: 'trying'; sinceMs: number; pauseMs: number };

export function breaker(): Breaker {
  let state: State = { name: 'closed', failures: 0 };
  return {
    allow(room, nowMs) {
      if (state.name === 'closed') return room;
      // A try of which nothing was heard (the message was over, say) makes way for the next.
      const from = state.name === 'open' ? state.untilMs : state.sinceMs + state.pauseMs;
      if (room < 1 || nowMs < from) return 0;
      state = { name: 'trying', sinceMs: nowMs, pauseMs: state.pauseMs };
      return 1;
    },
    isAway: () => state.name !== 'closed',
    answered() {
      const wasAway = state.name !== 'closed';
      state = { name: 'closed', failures: 0 };
      return wasAway;
    },
    failed(nowMs) {
      if (state.name === 'open') return false;
      const failures = state.name === 'closed' ? state.failures + 1 : 0;
      if (state.name === 'closed' && failures < FAILURES_IN_A_ROW) {
        state = { name: 'closed', failures };
        return false;
      }
      const pauseMs =
        state.name === 'closed' ? FIRST_PAUSE_MS : Math.min(2 * state.pauseMs, LONGEST_PAUSE_MS);
      state = { name: 'open', untilMs: nowMs + pauseMs, pauseMs };
      return failures === FAILURES_IN_A_ROW;
    },
  };
}
