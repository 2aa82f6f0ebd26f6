import { buttonClass, Icon, Outcome } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { queryString } from '../../../api/query-string.ts';
import { Task } from '../../../app/task.tsx';

/** The lost second factor is replaced; every session has ended, so the holder signs in again. */
export function Recovered(): ReactElement {
  const { t } = useTranslation('recover');
  const [params] = useSearchParams();
  const again = queryString({ interaction: params.get('interaction'), returnTo: params.get('returnTo') });
  return (
    <Task
      title={t('recover.done-title')}
      lead={t('recover.done')}
      before={
        <Outcome>
          <Icon name="check" />
        </Outcome>
      }
    >
      <div className="actions">
        <Link className={buttonClass('primary', { wide: true })} to={`/sign-in${again}`}>
          {t('recover.sign-in-again')}
        </Link>
      </div>
    </Task>
  );
}
