import { Notice, readersLocale } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactKind } from './contacts.api.ts';

/** "You can change it again on …", with date and time in the reader's language. */
export function ChangeableAt({ kind, iso }: { kind: ContactKind; iso: string }): ReactElement {
  const { t, i18n } = useTranslation('contacts');
  const format = new Intl.DateTimeFormat(readersLocale(i18n.language), {
    dateStyle: 'full',
    timeStyle: 'short',
  });
  return <Notice>{t(`contacts.changeable-${kind}`, { date: format.format(new Date(iso)) })}</Notice>;
}
