import { buttonClass, Outcome } from '@sigillo/ui';
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { queryString } from '../../../api/query-string.ts';
import { refreshSession } from '../../../app/session.ts';
import { Task } from '../../../app/task.tsx';

/** The lost second factor is replaced; every session has ended, so the holder signs in again. */
export function Recovered(): ReactElement {
  const { t } = useTranslation('recover');
  const [params] = useSearchParams();
  // Every session has ended, also one of this browser.
  useEffect(() => void refreshSession(), []);
  const again = queryString({ interaction: params.get('interaction'), returnTo: params.get('returnTo') });
  return (
    <Task title={t('recover.done-title')} lead={t('recover.done')} before={<Outcome icon="check" />}>
      <div className="actions">
        <Link className={buttonClass('primary', { wide: true })} to={`/sign-in${again}`}>
          {t('recover.sign-in-again')}
        </Link>
      </div>
    </Task>
  );
}
