import { Outcome, PasswordField, useFocusOnMount } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Task } from '../../../app/task.tsx';
import { needs } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { type ConfirmedRegistration, confirmRegistration } from './confirm.api.ts';

interface ConfirmWithPasswordProps {
  token: string;
  onConfirmed: (confirmed: ConfirmedRegistration) => void;
}

/** In another browser than the registration: its password shows that the same person confirms it. */
export function ConfirmWithPassword({ token, onConfirmed }: ConfirmWithPasswordProps): ReactElement {
  const { t } = useTranslation('register');
  const field = useFocusOnMount<HTMLInputElement>();
  const form = useForm({
    name: 'confirm-registration',
    initial: { password: '' },
    checks: { password: needs('password') },
    forget: ['password'],
    send: async ({ password }) => onConfirmed(await confirmRegistration(token, password)),
  });

  return (
    <Task
      title={t('register.confirm-title')}
      lead={t('register.confirm-password-lead')}
      before={<Outcome tone="neutral" icon="lock" />}
    >
      <FormFrame form={form}>
        <PasswordField
          {...form.field('password')}
          ref={field}
          label={t('register.confirm-password')}
          autoComplete="current-password"
        />
        <SubmitButton state={form}>{t('register.confirm')}</SubmitButton>
      </FormFrame>
      <p className="muted small">{t('register.confirm-not-you')}</p>
    </Task>
  );
}
