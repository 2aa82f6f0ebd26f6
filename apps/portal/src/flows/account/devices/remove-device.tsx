import { Notice } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeviceView } from '../../../api/contract.ts';
import { ConfirmDialog } from '../../../area/confirm-dialog.tsx';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { refreshDevices } from '../use-devices.ts';
import { removeDevice } from './devices.api.ts';

interface RemoveDeviceProps {
  device: DeviceView;
  isLast: boolean;
  /** Somebody else may have it: there is more to look at than the app. */
  isLost: boolean;
  onClose: () => void;
}

/** What follows from taking an app off the account; confirmed by itself, for this one device (A7). */
export function RemoveDevice({ device, isLast, isLost, onClose }: RemoveDeviceProps): ReactElement {
  const { t } = useTranslation(['devices', 'two-factor']);
  const withProof = useStepUp();
  const remove = async (): Promise<void> => {
    await withProof((operation) => removeDevice(device.id, operation));
    await refreshDevices();
  };
  const title = isLost ? 'devices.lost-title' : 'devices.remove-title';
  return (
    <ConfirmDialog
      title={t(title, { name: device.name })}
      action={t('devices.remove-action')}
      onConfirm={remove}
      onClose={onClose}
    >
      {isLost && <p>{t('devices.lost-text')}</p>}
      <ul className="notice-list">
        <li>{t('devices.remove-approves')}</li>
        <li>{t('devices.remove-sessions')}</li>
        <li>{t('devices.remove-keeps')}</li>
        <li>{t('devices.remove-back')}</li>
        {isLast && <li>{t('two-factor.remove-last')}</li>}
      </ul>
      {isLost && (
        <Notice>
          <p>
            {t('devices.lost-sessions')} <Link to="/account/security">{t('devices.see-sessions')}</Link>
          </p>
        </Notice>
      )}
    </ConfirmDialog>
  );
}
