import type { ChallengeState } from '../../gate/model.ts';

/** Pushes that nobody approved, at most so many in so long a time ([PUSH-2]). */
const UNANSWERED = [
  { count: 3, withinMs: 10 * 60 * 1000 },
  { count: 10, withinMs: 24 * 60 * 60 * 1000 },
] as const;

/** How far back the history has to go. */
export const PUSH_HISTORY_MS = UNANSWERED[1].withinMs;

/**
 * How long the next push has to wait, in milliseconds; 0 when it may be sent. A push that was approved forgives
 * the ones before it.
 *
 * @param history when apps were asked and what became of it, the newest first
 */
export function pushWaitMs(history: readonly { at: Date; state: ChallengeState }[], nowMs: number): number {
  const success = history.findIndex((one) => one.state === 'proven');
  const unanswered = success === -1 ? history : history.slice(0, success);
  const waits = UNANSWERED.map(({ count, withinMs }) => {
    const oldest = unanswered[count - 1];
    return oldest ? oldest.at.getTime() + withinMs - nowMs : 0;
  });
  return Math.max(0, ...waits);
}
