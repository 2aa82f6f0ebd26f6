import { buttonClass, Outcome } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Task } from './task.tsx';

/** There is no page at this address. */
export function NotFoundPage(): ReactElement {
  const { t } = useTranslation('shell');
  return (
    <Task
      title={t('shell.not-found-title')}
      lead={t('shell.not-found')}
      before={<Outcome tone="neutral" icon="help" />}
    >
      <div className="actions">
        <Link className={buttonClass('primary', { wide: true })} to="/account">
          {t('shell.my-account')}
        </Link>
        <Link className={buttonClass('quiet', { wide: true })} to="/help">
          {t('shell.help')}
        </Link>
      </div>
    </Task>
  );
}
