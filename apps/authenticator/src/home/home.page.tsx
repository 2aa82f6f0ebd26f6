import { buttonClass, Icon } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Screen } from '../app/screen.tsx';
import { WaitingRequests } from '../requests/waiting-requests.tsx';
import { useAccounts } from '../vault/use-accounts.ts';
import { useIsWelcomed } from '../welcome/use-is-welcomed.ts';
import { Welcome } from '../welcome/welcome.tsx';

/** The start: scan a QR code, or show one-time codes. */
export default function HomePage(): ReactElement {
  const [isWelcomed, setWelcomed] = useIsWelcomed();
  return isWelcomed ? <Home /> : <Welcome onDone={setWelcomed} />;
}

function Home(): ReactElement {
  const { t } = useTranslation();
  const count = useAccounts()?.length;
  return (
    <Screen
      title={t('authenticator.home-title')}
      tools={
        <Link className="bar-button" to="/settings" aria-label={t('authenticator.settings')}>
          <Icon name="sliders" />
        </Link>
      }
      actions={
        <div className="home-actions">
          <Link className={`${buttonClass('primary')} home-action`} to="/scan">
            <Icon name="scan" />
            <span>{t('authenticator.scan')}</span>
          </Link>
          <Link className={`${buttonClass('secondary')} home-action`} to="/codes">
            <Icon name="key" />
            <span>{t('authenticator.codes')}</span>
          </Link>
        </div>
      }
    >
      <WaitingRequests />
      <div className="hero">
        <img src="/brand/logo.svg" alt="" width="112" height="112" />
        {count !== undefined && (
          <p className="lead">
            {count > 0 ? t('authenticator.home-count', { count }) : t('authenticator.home-empty')}
          </p>
        )}
      </div>
    </Screen>
  );
}
