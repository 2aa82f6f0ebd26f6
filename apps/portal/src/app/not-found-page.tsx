import { buttonClass, Outcome } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { Task } from './task.tsx';

const ACCOUNT = { to: '/account', name: 'shell.my-account' };
const AREAS = [
  ACCOUNT,
  { to: '/console', name: 'shell.console' },
  { to: '/selfcare', name: 'shell.selfcare' },
];

/** There is no page at this address. */
export function NotFoundPage(): ReactElement {
  const { t } = useTranslation('shell');
  const { pathname } = useLocation();
  const area = AREAS.find(({ to }) => pathname.startsWith(to));
  const start = area ?? ACCOUNT;
  const page = (
    <Task
      title={t('shell.not-found-title')}
      lead={t('shell.not-found')}
      before={<Outcome tone="neutral" icon="help" />}
    >
      <div className="actions">
        <Link className={buttonClass('primary', { wide: true })} to={start.to}>
          {t(start.name)}
        </Link>
        <Link className={buttonClass('quiet', { wide: true })} to="/help">
          {t('shell.help')}
        </Link>
      </div>
    </Task>
  );
  // Beside the menu of an area it is a card; else it is all there is.
  return area ? <div className="account-page account-page--task">{page}</div> : page;
}
