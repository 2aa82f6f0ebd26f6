import type { Language } from './language.ts';

/** These portals serve people in Italy; without script a page cannot know another time zone. */
const TIME_ZONE = 'Europe/Rome';

const LOCALES = { it: 'it-IT', en: 'en-GB' } as const;

const SECONDS_IN = { day: 86_400, hour: 3_600, minute: 60, second: 1 } as const;

/** "today, 14:32", "yesterday, 09:10", "12 March 2026, 14:32". Both times are Unix times in milliseconds. */
export function humanTime(atMs: number, nowMs: number, language: Language): string {
  const clock = new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: TIME_ZONE,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(atMs);
  return `${humanDay(atMs, nowMs, language)}, ${clock}`;
}

/** "today", "yesterday", "tomorrow", "12 March 2026". Both times are Unix times in milliseconds. */
export function humanDay(atMs: number, nowMs: number, language: Language): string {
  const daysAgo = dayNumber(nowMs) - dayNumber(atMs);
  if (Math.abs(daysAgo) <= 1) {
    return new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto' }).format(-daysAgo, 'day');
  }
  return new Intl.DateTimeFormat(LOCALES[language], { timeZone: TIME_ZONE, dateStyle: 'long' }).format(atMs);
}

/** The moment to the second with its time zone, for those who hover. */
export function exactTime(atMs: number, language: Language): string {
  const options = { timeZone: TIME_ZONE, dateStyle: 'long', timeStyle: 'long' } as const;
  return new Intl.DateTimeFormat(LOCALES[language], options).format(atMs);
}

/** "10 minutes", "1 hour": in the largest unit that says it in a whole number. */
export function humanDuration(seconds: number, language: Language): string {
  const units = ['day', 'hour', 'minute', 'second'] as const;
  const unit =
    units.find((name) => seconds >= SECONDS_IN[name] && seconds % SECONDS_IN[name] === 0) ?? 'second';
  const format = new Intl.NumberFormat(LOCALES[language], { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(seconds / SECONDS_IN[unit]);
}

/** "password, one-time code and face". */
export function inWords(list: readonly string[], language: Language): string {
  return new Intl.ListFormat(LOCALES[language], { type: 'conjunction' }).format(list);
}

/** "€1,250.00", from cents. */
export function money(cents: number, language: Language): string {
  const format = new Intl.NumberFormat(LOCALES[language], {
    style: 'currency',
    currency: 'EUR',
    // Italian leaves the separator out of four-digit numbers unless asked, and columns then look uneven.
    useGrouping: 'always',
  });
  return format.format(cents / 100);
}

/** Days since 1970 in the portals' time zone. */
function dayNumber(atMs: number): number {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: TIME_ZONE }).format(atMs);
  return Date.parse(day) / (SECONDS_IN.day * 1000);
}
