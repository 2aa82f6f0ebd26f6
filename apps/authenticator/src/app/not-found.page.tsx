import { buttonClass } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Screen } from './screen.tsx';

/** An address that the app does not have. */
export function NotFoundPage(): ReactElement {
  const { t } = useTranslation();
  return (
    <Screen
      title={t('authenticator.not-found-title')}
      lead={t('authenticator.not-found')}
      actions={
        <Link className={buttonClass('primary', { wide: true })} to="/">
          {t('authenticator.to-home')}
        </Link>
      }
    />
  );
}
