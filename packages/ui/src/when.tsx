import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { nowMs } from './clock.ts';
import { exactDate, humanDate } from './human-date.ts';

/** A moment as a person would say it; the exact one on hover. */
export function When({ iso }: { iso: string }): ReactElement {
  const { i18n } = useTranslation('ui');
  const moment = new Date(iso);
  const locale = readersLocale(i18n.language);
  return (
    <time dateTime={iso} title={exactDate(moment, locale)}>
      {humanDate(moment, new Date(nowMs()), locale)}
    </time>
  );
}

/** The reader's own variety of the language on screen ("en-US"), else the European one. */
function readersLocale(language: string): string {
  return (
    navigator.languages.find((tag) => tag.startsWith(`${language}-`)) ??
    (language === 'en' ? 'en-GB' : language)
  );
}
