import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { nowMs } from './clock.ts';
import { exactDate, humanDate } from './human-date.ts';
import { readersLocale } from './readers-locale.ts';

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
