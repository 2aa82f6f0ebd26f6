/** A stretch of time that one partition holds: from `startMs` to just before `endMs`, Unix milliseconds. */
export interface Period {
  /** Ends the name of the partition: `w20261116` is the week of that Monday, `m202611` that month (UTC). */
  label: string;
  startMs: number;
  endMs: number;
}

/** How time is cut for a table. */
export interface Calendar {
  periodOf(ms: number): Period;
  /** Undefined when the label is not one of this calendar's. */
  parse(label: string): Period | undefined;
}

export const DAY_MS = 24 * 60 * 60 * 1000;
const WEEK_MS = 7 * DAY_MS;

/** The first Monday after the epoch, which was a Thursday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** Weeks from Monday, UTC. */
export const weeks: Calendar = {
  periodOf(ms) {
    const startMs = Math.floor((ms - FIRST_MONDAY_MS) / WEEK_MS) * WEEK_MS + FIRST_MONDAY_MS;
    const label = `w${new Date(startMs).toISOString().slice(0, 10).replaceAll('-', '')}`;
    return { label, startMs, endMs: startMs + WEEK_MS };
  },
  parse(label) {
    const parts = /^w(\d{4})(\d\d)(\d\d)$/.exec(label);
    return parts
      ? weeks.periodOf(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])))
      : undefined;
  },
};

/** Months of the calendar, UTC. */
export const months: Calendar = {
  periodOf(ms) {
    const date = new Date(ms);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    const startMs = Date.UTC(year, month);
    const label = `m${new Date(startMs).toISOString().slice(0, 7).replace('-', '')}`;
    return { label, startMs, endMs: Date.UTC(year, month + 1) };
  },
  parse(label) {
    const parts = /^m(\d{4})(\d\d)$/.exec(label);
    return parts ? months.periodOf(Date.UTC(Number(parts[1]), Number(parts[2]) - 1)) : undefined;
  },
};

/** The period that holds a moment and the `ahead` periods after it. */
export function periodsFrom(calendar: Calendar, ms: number, ahead: number): Period[] {
  const periods = [calendar.periodOf(ms)];
  for (let last = periods[0]; last && periods.length <= ahead; last = periods.at(-1)) {
    periods.push(calendar.periodOf(last.endMs));
  }
  return periods;
}
