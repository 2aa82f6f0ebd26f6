import { buttonClass, Outcome, TaskCard } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PageTitle } from '../../../app/page-title.tsx';

/** After "this wasn't me": what changed, and how to get back in. */
export default function EverybodyOutPage(): ReactElement {
  const { t } = useTranslation('history');
  const title = t('history.contained-title');
  return (
    <>
      <PageTitle>{title}</PageTitle>
      <TaskCard title={title} lead={t('history.contained-text')} before={<Outcome icon="lock" />}>
        <div className="actions">
          <Link className={buttonClass('primary', { wide: true })} to="/forgot-password">
            {t('history.contained-action')}
          </Link>
          <Link className={buttonClass('quiet', { wide: true })} to="/sign-in">
            {t('history.contained-sign-in')}
          </Link>
        </div>
      </TaskCard>
    </>
  );
}
