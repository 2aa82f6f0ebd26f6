import { Button, Dialog } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

interface NotMeDialogProps {
  isBusy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** What follows from "It wasn't me", before it does. */
export function NotMeDialog({ isBusy, onConfirm, onClose }: NotMeDialogProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Dialog title={t('requests.not-me-title')} onClose={onClose}>
      <p>{t('requests.not-me-lead')}</p>
      <ul className="notice-list">
        <li>{t('requests.not-me-ends')}</li>
        <li>{t('requests.not-me-mails')}</li>
        <li>{t('requests.not-me-mutes')}</li>
      </ul>
      <div className="actions">
        <Button look="danger" wide busy={isBusy} onClick={onConfirm}>
          {t('requests.not-me-action')}
        </Button>
        <Button look="quiet" wide onClick={onClose}>
          {t('ui.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
