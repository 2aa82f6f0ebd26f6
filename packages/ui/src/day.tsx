import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { readersLocale } from './readers-locale.ts';

/** A day of the calendar (`2026-11-22`) as a person would say it, the same in every time zone. */
export function Day({ iso }: { iso: string }): ReactElement {
  const { i18n } = useTranslation('ui');
  const words = new Intl.DateTimeFormat(readersLocale(i18n.language), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return <time dateTime={iso}>{words.format(new Date(`${iso}T00:00:00Z`))}</time>;
}
