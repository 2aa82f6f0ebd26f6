import { Button, Dialog, TextField } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceView } from '../../../api/contract.ts';
import { needs } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { refreshDevices } from '../use-devices.ts';
import { renameDevice } from './devices.api.ts';

const MAX_NAME = 40;

/** A name that tells this device from the others. */
export function RenameDevice({ device, onClose }: { device: DeviceView; onClose: () => void }): ReactElement {
  const { t } = useTranslation('devices');
  const form = useForm({
    name: 'rename-device',
    initial: { name: device.name },
    checks: { name: needs('name') },
    send: async ({ name }) => {
      await renameDevice(device.id, name.trim());
      await refreshDevices();
      onClose();
    },
  });
  return (
    <Dialog title={t('devices.rename-title')} onClose={onClose}>
      <FormFrame form={form}>
        <TextField
          {...form.field('name')}
          label={t('devices.name')}
          hint={t('devices.name-hint')}
          maxLength={MAX_NAME}
          autoComplete="off"
        />
        <div className="actions">
          <SubmitButton state={form}>{t('devices.save')}</SubmitButton>
          <Button look="quiet" wide onClick={onClose}>
            {t('ui.cancel')}
          </Button>
        </div>
      </FormFrame>
    </Dialog>
  );
}
