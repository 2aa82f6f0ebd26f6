import { buttonClass, Outcome } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ApiProblem } from '../api/api-problem.ts';
import { RequestId } from '../forms/problem-notice.tsx';
import { Task } from './task.tsx';

/** A sign-in begun by a relying party is over, or was begun in another browser: the way back to its portal. */
export function InteractionGone({ problem }: { problem: ApiProblem }): ReactElement {
  const { t } = useTranslation('shell');
  const { homeUrl } = problem.extension;
  return (
    <Task
      title={t('shell.gone-title')}
      lead={t('shell.gone')}
      before={<Outcome tone="neutral" icon="clock" />}
    >
      <div className="actions">
        {typeof homeUrl === 'string' && /^https?:/.test(homeUrl) ? (
          <a className={buttonClass('primary', { wide: true })} href={homeUrl}>
            {t('shell.back-to-portal')}
          </a>
        ) : (
          <Link className={buttonClass('primary', { wide: true })} to="/account">
            {t('shell.my-account')}
          </Link>
        )}
        <Link className={buttonClass('quiet', { wide: true })} to="/support">
          {t('shell.contact-support')}
        </Link>
      </div>
      <RequestId problem={problem} />
    </Task>
  );
}
