import { withoutHidden } from '../../hidden-characters.ts';
import type { Language, Translate } from './translate.ts';

/** Parameters of a message as a person reads them. A missing one reads as the empty text. */
export type Params = Readonly<Record<string, string>>;

/**
 * Makes parameters readable: removes hidden characters, keeps line breaks in `message` only, writes times
 * (`when`, `…When`) and days (`day`) in words, names the place and what an identity ends for (`identityCause`), and adds `duration` when `minutes` is given.
 *
 * @param timeZone IANA name of the zone that times are written in
 * @param length `short` for an SMS: "22/11, 14:32"
 * @throws RangeError when a time is no ISO 8601 instant or `minutes` is no positive number
 */
export function readableParams(
  raw: Readonly<Record<string, string>>,
  language: Language,
  timeZone: string,
  t: Translate,
  length: keyof typeof TIMES = 'full',
): Params {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (/(^w|W)hen$/.test(name)) params[name] = writtenTime(value, language, timeZone, length);
    else if (name === 'day') params[name] = writtenDay(value, language);
    else if (name === 'identityCause') params[name] = t(`identity-cause.${value}`);
    else if (name === 'place') params[name] = writtenPlace(visible(value), language, t);
    else params[name] = name === 'message' ? visibleLines(value) : visible(value);
  }
  if (raw.minutes !== undefined) params.duration = duration(raw.minutes, t);
  return params;
}

/** One line of a text, without hidden characters. */
function visible(text: string): string {
  return visibleLines(text).replaceAll('\n', ' ').trim();
}

function visibleLines(text: string): string {
  return withoutHidden(text.toWellFormed().replaceAll('\r\n', '\n').replaceAll('\t', ' '));
}

const TIMES = {
  full: {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  },
  short: { day: 'numeric', month: 'numeric', hour: '2-digit', minute: '2-digit' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making one takes as long as a hundred times of using it; there are two languages, and one zone a process. */
const formats = new Map<string, Intl.DateTimeFormat>();

function writtenTime(
  instant: string,
  language: Language,
  timeZone: string,
  length: keyof typeof TIMES,
): string {
  const key = `${language} ${timeZone} ${length}`;
  const format = formats.get(key) ?? timeFormat(language, { ...TIMES[length], timeZone });
  formats.set(key, format);
  return format.format(new Date(instant));
}

const timeFormat = (language: Language, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', options);

/** A day of the calendar, as ISO 8601 writes it. */
function writtenDay(day: string, language: Language): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', options).format(new Date(day));
}

/** `local`, a country's two letters (ISO 3166-1 alpha-2), or any other text as it is. */
function writtenPlace(place: string, language: Language, t: Translate): string {
  if (place === 'local') return t('place.local');
  if (!/^[A-Z]{2}$/.test(place)) return place;
  return new Intl.DisplayNames(language, { type: 'region' }).of(place) ?? place;
}

/** "30 minutes", "24 hours": whole hours from two hours on. */
function duration(minutes: string, t: Translate): string {
  const count = Number(minutes);
  if (!(count > 0)) throw new RangeError('minutes must be a positive number');
  return count >= 120 && count % 60 === 0
    ? t('duration.hours', { count: count / 60 })
    : t('duration.minutes', { count });
}
