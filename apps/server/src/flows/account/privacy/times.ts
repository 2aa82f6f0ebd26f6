import { DAY_MS } from '../../../platform/clock/clock.ts';

/** How long a holder may think better of it; the rest of the 30 days is for what is slow ([PRV-2]). */
export const CANCEL_MS = 14 * DAY_MS;
/** When the last messages are forgotten, after the account was deleted. */
export const LAST_MESSAGES_MS = DAY_MS;
/** How long a link to one's data is good. */
export const EXPORT_MS = 7 * DAY_MS;
