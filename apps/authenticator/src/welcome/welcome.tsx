import { Button, Icon, type IconName } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Screen } from '../app/screen.tsx';
import { isOnComputer } from '../link/device-name.ts';
import { InstallHint } from './install-hint.tsx';

/** The first start: what this is, and how to have it at hand. */
export function Welcome({ onDone }: { onDone: () => void }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const link = (): void => {
    onDone();
    void navigate('/link');
  };
  const points: [IconName, string][] = [
    ['shield', t('linked.welcome-approve')],
    ['key', t('authenticator.welcome-codes')],
    ['lock', t('authenticator.welcome-here')],
    ['download', t('authenticator.welcome-copy')],
  ];
  return (
    <Screen
      title={t('authenticator.welcome-title')}
      lead={t(isOnComputer() ? 'linked.welcome-computer' : 'linked.welcome-lead')}
      actions={
        <>
          <Button look="primary" wide onClick={link}>
            {t('linked.link-mine')}
          </Button>
          <Button look="quiet" wide onClick={onDone}>
            {t('authenticator.start')}
          </Button>
        </>
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
