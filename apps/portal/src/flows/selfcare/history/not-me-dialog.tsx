import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccessEntry } from '../../../api/contract.ts';
import { leaveAccount } from '../../../app/leave-account.ts';
import { ConfirmDialog } from '../../../area/confirm-dialog.tsx';
import { containAccount } from './history.api.ts';

/** Before everybody is kept out: what follows from it, in plain words. */
export function NotMeDialog({ access, onClose }: { access: AccessEntry; onClose: () => void }): ReactElement {
  const { t } = useTranslation('history');
  const contain = async (): Promise<void> => {
    await containAccount(access.id);
    leaveAccount('/everybody-out');
  };
  return (
    <ConfirmDialog
      title={t('history.not-me-title')}
      action={t('history.not-me-action')}
      onConfirm={contain}
      onClose={onClose}
    >
      <p>{t('history.not-me-text')}</p>
      <ul className="notice-list">
        <li>{t('history.not-me-sessions')}</li>
        <li>{t('history.not-me-password')}</li>
        <li>{t('history.not-me-told')}</li>
        <li>{t('history.not-me-keeps')}</li>
      </ul>
    </ConfirmDialog>
  );
}
