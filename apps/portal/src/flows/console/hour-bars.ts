import type { Bar } from '@sigillo/ui';

const HOUR_MS = 60 * 60 * 1000;
/** Below a bar, now and then: more would run into one another on a telephone. */
const EVERY_HOURS = 6;

/**
 * A bar for each of the last hours, the current one last.
 *
 * @param valuesOf the values of the hour that begins then (ISO 8601)
 */
export function hourBars(
  hours: number,
  nowMs: number,
  locale: string,
  valuesOf: (iso: string) => number[],
): Bar[] {
  const lastMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' });
  return Array.from({ length: hours }, (_, index) => {
    const hour = new Date(lastMs - (hours - 1 - index) * HOUR_MS);
    const isNamed = hour.getHours() % EVERY_HOURS === 0;
    return {
      label: isNamed ? time.format(hour) : '',
      title: full.format(hour),
      values: valuesOf(hour.toISOString()),
    };
  });
}
