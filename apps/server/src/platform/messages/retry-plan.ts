import { MINUTE_MS, SECOND_MS } from '../clock/clock.ts';

/** Channels whose messages somebody reads as they are. */
export type WrittenChannel = 'email' | 'sms';

export type Channel = WrittenChannel | 'push';

export const CHANNELS: readonly Channel[] = ['email', 'sms', 'push'];

/** When a message that failed is tried again: each pause is twice the one before. */
const PLANS: Record<Channel, { attempts: number; firstPauseMs: number }> = {
  // Pauses of 64 minutes in all: a mail server that restarts is back by then.
  email: { attempts: 8, firstPauseMs: MINUTE_MS / 2 },
  // 14 seconds in all: somebody waits for the code.
  sms: { attempts: 4, firstPauseMs: 2 * SECOND_MS },
  // The same: somebody waits for the telephone to ring.
  push: { attempts: 4, firstPauseMs: 2 * SECOND_MS },
};

/**
 * The pause before the next attempt, in milliseconds, or undefined when there is none.
 *
 * @param failures how many attempts failed so far, at least 1
 * @param chance a random number from 0 to below 1: spreads the pause by a fifth to either side, so that
 *   messages that failed together do not come back together
 */
export function retryPauseMs(channel: Channel, failures: number, chance: number): number | undefined {
  const { attempts, firstPauseMs } = PLANS[channel];
  if (failures >= attempts) return undefined;
  return Math.round(firstPauseMs * 2 ** (failures - 1) * (0.8 + 0.4 * chance));
}
