import { Notice } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from './screen.tsx';

/** Some browsers store nothing in private windows; without storage there is no authenticator. */
export function NoStorage(): ReactElement {
  const { t } = useTranslation();
  return (
    <Screen title={t('authenticator.no-storage-title')}>
      <Notice>{t('authenticator.no-storage')}</Notice>
    </Screen>
  );
}
