import { Button, Dialog, TextField } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { needs } from '../../forms/checks.ts';
import { FormFrame } from '../../forms/form-frame.tsx';
import { SubmitButton } from '../../forms/submit-button.tsx';
import { useForm } from '../../forms/use-form.ts';

/** The longest name that the server takes. */
const MAX_NAME = 40;

interface RenameDialogProps {
  current: string;
  /** Saves the new name and shows it where it stands. */
  save: (name: string) => Promise<unknown>;
  onClose: () => void;
}

/** A name that tells a factor or a device from the others. */
export function RenameDialog({ current, save, onClose }: RenameDialogProps): ReactElement {
  const { t } = useTranslation('account');
  const form = useForm({
    name: 'rename',
    initial: { name: current },
    checks: { name: needs('name') },
    send: async ({ name }) => {
      await save(name.trim());
      onClose();
    },
  });
  return (
    <Dialog title={t('account.rename-title')} onClose={onClose}>
      <FormFrame form={form}>
        <TextField
          {...form.field('name')}
          label={t('account.rename-name')}
          hint={t('account.rename-hint')}
          maxLength={MAX_NAME}
          autoComplete="off"
        />
        <div className="actions">
          <SubmitButton state={form}>{t('account.rename-save')}</SubmitButton>
          <Button look="quiet" wide onClick={onClose}>
            {t('ui.cancel')}
          </Button>
        </div>
      </FormFrame>
    </Dialog>
  );
}
