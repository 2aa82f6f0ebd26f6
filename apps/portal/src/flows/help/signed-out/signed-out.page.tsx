import { buttonClass, Outcome } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Task } from '../../../app/task.tsx';

/** The session has ended because its holder asked. */
export default function SignedOutPage(): ReactElement {
  const { t } = useTranslation('signed-out');
  return (
    <Task title={t('signed-out.title')} lead={t('signed-out.lead')} before={<Outcome icon="check" />}>
      <div className="actions">
        <Link className={buttonClass('primary', { wide: true })} to="/sign-in">
          {t('signed-out.again')}
        </Link>
      </div>
    </Task>
  );
}
