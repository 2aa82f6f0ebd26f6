import type { CalendarDate, Language } from './document-data.ts';

/** Written out here: what `Intl` says changes with its version, and documents do not. */
const MONTHS: Record<Language, readonly string[]> = {
  it: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'.split(
    ' ',
  ),
  en: 'January February March April May June July August September October November December'.split(' '),
};

/** A date as a letter writes it: `3 marzo 2026`, in Italian `1º` for the first of a month. */
export function longDate(date: CalendarDate, language: Language): string {
  const [year, month, day] = date.split('-').map(Number);
  const dayText = language === 'it' && day === 1 ? '1º' : String(day);
  return `${dayText} ${MONTHS[language][(month ?? 1) - 1]} ${year}`;
}

/** A date as a form writes it: `03/03/2026`. */
export function shortDate(date: CalendarDate): string {
  return date.split('-').reverse().join('/');
}
