import { buttonClass, Outcome } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Task } from '../../../app/task.tsx';

/** The password was changed in the account: everybody signs in again, here too. */
export default function PasswordChangedPage(): ReactElement {
  const { t } = useTranslation('change-password');
  return (
    <Task
      title={t('change-password.done-title')}
      lead={t('change-password.done')}
      before={<Outcome icon="check" />}
    >
      <div className="actions">
        <a className={buttonClass('primary', { wide: true })} href="/sign-in">
          {t('change-password.sign-in')}
        </a>
      </div>
    </Task>
  );
}
