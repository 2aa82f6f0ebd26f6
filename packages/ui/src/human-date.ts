const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A moment as a person would say it: "today 14:32", "yesterday 09:05", "tomorrow 08:00", "12 March 18:00", with the year when it
 * is another one. Days are those of the reader's time zone.
 *
 * @param timeZone IANA name; the reader's own by default
 */
export function humanDate(moment: Date, now: Date, locale: string, timeZone?: string): string {
  const zone = timeZone ? { timeZone } : {};
  const time = new Intl.DateTimeFormat(locale, {
    ...zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const daysAgo = dayNumber(now, timeZone) - dayNumber(moment, timeZone);
  if (Math.abs(daysAgo) <= 1) {
    const day = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-daysAgo, 'day');
    return `${day} ${time.format(moment)}`;
  }
  const year = new Intl.DateTimeFormat('en', { ...zone, year: 'numeric' });
  const sameYear = year.format(moment) === year.format(now);
  const day = new Intl.DateTimeFormat(locale, {
    ...zone,
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' as const }),
  });
  return `${day.format(moment)} ${time.format(moment)}`;
}

/** The same moment in full, to the second and with its time zone. */
export function exactDate(moment: Date, locale: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    ...(timeZone ? { timeZone } : {}),
    dateStyle: 'full',
    timeStyle: 'long',
  }).format(moment);
}

/** Days since the epoch, counted by the calendar of a time zone. */
function dayNumber(moment: Date, timeZone?: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...(timeZone ? { timeZone } : {}),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(moment);
  return Math.round(Date.parse(`${parts}T00:00:00Z`) / DAY_MS);
}
