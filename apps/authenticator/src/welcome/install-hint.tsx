import { Button, Notice } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { install, useInstallWay } from './install.ts';

/** How to put the app among the others on this device; nothing once it is there. */
export function InstallHint(): ReactElement | null {
  const { t } = useTranslation();
  const way = useInstallWay();
  if (way === 'installed') return null;
  return (
    <Notice title={t('authenticator.install-title')}>
      <p>{t(`authenticator.install-${way}`)}</p>
      {way === 'offered' && (
        <Button small icon="download" onClick={install}>
          {t('authenticator.install')}
        </Button>
      )}
    </Notice>
  );
}
