import { Button, Icon, type IconName } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../app/screen.tsx';
import { InstallHint } from './install-hint.tsx';

/** The first start: what this is, and how to have it at hand. */
export function Welcome({ onDone }: { onDone: () => void }): ReactElement {
  const { t } = useTranslation();
  const points: [IconName, string][] = [
    ['key', t('authenticator.welcome-codes')],
    ['lock', t('authenticator.welcome-here')],
    ['download', t('authenticator.welcome-copy')],
  ];
  return (
    <Screen
      title={t('authenticator.welcome-title')}
      lead={t('authenticator.welcome-lead')}
      actions={
        <Button look="primary" wide onClick={onDone}>
          {t('authenticator.start')}
        </Button>
      }
    >
      <ul className="points">
        {points.map(([icon, text]) => (
          <li key={icon}>
            <Icon name={icon} />
            <span>{text}</span>
          </li>
        ))}
      </ul>
      <InstallHint />
    </Screen>
  );
}
