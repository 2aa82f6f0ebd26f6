import { Button, buttonClass, Outcome } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Task } from './task.tsx';

/** A mistake of ours. Loading again helps when the portal was updated while this page was open. */
export function BrokenPage(): ReactElement {
  const { t } = useTranslation('shell');
  return (
    <Task
      title={t('shell.broken-title')}
      lead={t('shell.broken')}
      before={<Outcome tone="warning" icon="warning" />}
    >
      <div className="actions">
        <Button look="primary" wide icon="refresh" onClick={() => location.reload()}>
          {t('shell.load-again')}
        </Button>
        <a className={buttonClass('quiet', { wide: true })} href="/support">
          {t('shell.contact-support')}
        </a>
      </div>
    </Task>
  );
}
