import { Button, Dialog, TextField } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuthenticatorView } from '../../../api/contract.ts';
import { needs } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { refreshAccount } from '../use-account.ts';
import { renameAuthenticator } from './two-factor.api.ts';

const MAX_LABEL = 60;

/** A name that tells this factor from the others. */
export function RenameDialog({
  factor,
  onClose,
}: {
  factor: AuthenticatorView;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation('two-factor');
  const form = useForm({
    name: 'rename',
    initial: { label: factor.label },
    checks: { label: needs('name') },
    send: async ({ label }) => {
      await renameAuthenticator(factor.id, label.trim());
      await refreshAccount();
      onClose();
    },
  });
  return (
    <Dialog title={t('two-factor.rename-title')} onClose={onClose}>
      <FormFrame form={form}>
        <TextField
          {...form.field('label')}
          label={t('two-factor.name')}
          hint={t('two-factor.name-hint')}
          maxLength={MAX_LABEL}
          autoComplete="off"
        />
        <div className="actions">
          <Button look="primary" wide type="submit" busy={form.busy}>
            {t('two-factor.save')}
          </Button>
          <Button look="quiet" wide onClick={onClose}>
            {t('ui.cancel')}
          </Button>
        </div>
      </FormFrame>
    </Dialog>
  );
}
