import { Button, buttonClass } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { Ended } from './ended.tsx';
import { StoppedScreen } from './stopped.screen.tsx';

interface ScanFailedProps {
  /** Stable name of what went wrong. */
  problem: string;
  account: LinkedAccount;
  onAgain: () => void;
}

/** Why nothing is asked, and how to come further. */
export function ScanFailed({ problem, account, onAgain }: ScanFailedProps): ReactElement {
  const { t } = useTranslation();
  if (problem === 'device-gone' || problem === 'device-frozen')
    return <StoppedScreen why={problem} name={account.name} />;
  if (problem === 'scan-gone')
    return (
      <Ended
        picture={{ icon: 'scan', tone: 'warning' }}
        title={t('requests.scan-gone-title')}
        lead={t('requests.scan-gone')}
        actions={
          <Link className={buttonClass('primary', { wide: true })} to="/scan">
            {t('requests.scan-again')}
          </Link>
        }
      />
    );
  const why = problem === 'unreachable' ? 'offline' : 'failed';
  return (
    <Ended
      picture={{ icon: 'warning', tone: 'warning' }}
      title={t(`requests.scan-${why}-title`)}
      lead={t(`requests.scan-${why}`)}
      actions={
        <Button look="primary" wide onClick={onAgain}>
          {t('requests.again')}
        </Button>
      }
    />
  );
}
