import { SECOND_MS } from '../../platform/clock/clock.ts';

const ATTEMPTS = 10;
const FIRST_PAUSE_MS = 10 * SECOND_MS;

/**
 * The pause before a relying party is told once more that a session ended, in milliseconds; undefined when it is
 * given up. Each pause is twice the one before, an hour and a half in all: a portal that is being repaired is
 * back by then.
 *
 * @param failures how many attempts failed so far, at least 1
 * @param chance a random number from 0 to below 1: spreads the pause by a fifth to either side
 */
export function logoutPauseMs(failures: number, chance: number): number | undefined {
  if (failures >= ATTEMPTS) return undefined;
  return Math.round(FIRST_PAUSE_MS * 2 ** (failures - 1) * (0.8 + 0.4 * chance));
}
