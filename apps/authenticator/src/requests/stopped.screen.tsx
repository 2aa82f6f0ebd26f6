import { buttonClass } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Ended } from './ended.tsx';

interface StoppedScreenProps {
  /** As the server said it; `stopped` when it was noticed elsewhere in the app. */
  why: 'stopped' | 'device-gone' | 'device-frozen';
  /** The holder's name for the account. */
  name: string;
}

/** The server takes nothing from this device any more: linking it again is the way on. */
export function StoppedScreen({ why, name }: StoppedScreenProps): ReactElement {
  const { t } = useTranslation();
  const link = (
    <Link className={buttonClass('primary', { wide: true })} to="/link">
      {t('requests.link-again')}
    </Link>
  );
  return (
    <Ended
      picture={{ icon: 'warning', tone: 'warning' }}
      title={why === 'stopped' ? t('linked.stopped-title') : t(`requests.${why}-title`)}
      lead={why === 'stopped' ? t('linked.stopped', { name }) : t(`requests.${why}`, { name })}
      actions={link}
    />
  );
}
