/** A day of the calendar, as ISO 8601 writes it: `2026-11-22`. */
export type Day = string;

const ROME = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Rome',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

const HOUR_MS = 3_600_000;
/** How far ahead of UTC Rome is, in winter and in summer. */
const AHEAD_MS = [HOUR_MS, 2 * HOUR_MS];

/** Which day it is in Rome: what is valid until a day ends with that day there. */
export function romeDayOf(atMs: number): Day {
  return ROME.format(atMs);
}

/** Whether a text is a day that exists. */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/**
 * When a day begins in Rome, in Unix milliseconds.
 *
 * @throws RangeError when there is no such day
 */
export function startOfRomeDay(day: Day): number {
  if (!isDay(day)) throw new RangeError(`there is no ${day}`);
  const utcMs = Date.parse(`${day}T00:00:00Z`);
  // At midnight clocks are never put forward or back in Rome: exactly one of the two is a midnight there.
  const found = AHEAD_MS.map((aheadMs) => utcMs - aheadMs).find(
    (atMs) => romeDayOf(atMs) === day && romeDayOf(atMs - 1) !== day,
  );
  if (found === undefined) throw new RangeError(`${day} has no midnight in Rome`);
  return found;
}

/** The last of so many years that begin with a day: of two from 20 November 2026, 19 November 2028. */
export function lastOfYears(from: Day, years: number): Day {
  const at = new Date(`${from}T00:00:00Z`);
  at.setUTCFullYear(at.getUTCFullYear() + years);
  return daysLater(at.toISOString().slice(0, 10), -1);
}

/** The day so many days later, or earlier where negative. */
export function daysLater(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 24 * HOUR_MS).toISOString().slice(0, 10);
}
