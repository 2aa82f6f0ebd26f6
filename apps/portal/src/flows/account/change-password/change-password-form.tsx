import { Notice, PasswordField, useFocusOnMount } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, CeremonyView } from '../../../api/contract.ts';
import { Task } from '../../../app/task.tsx';
import { needs, newPassword } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { PasswordRules } from '../../../forms/password-rules.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { beginPasswordChange } from './change-password.api.ts';

interface ChangePasswordFormProps {
  rules: Answer<'getPasswordRules'>;
  onBegun: (ceremony: CeremonyView) => void;
}

/** The password in use, the new one, and the new one again. */
export function ChangePasswordForm({ rules, onBegun }: ChangePasswordFormProps): ReactElement {
  const { t } = useTranslation('change-password');
  const input = useFocusOnMount<HTMLInputElement>();
  const form = useForm({
    name: 'change-password',
    initial: { current: '', password: '', repeat: '' },
    checks: {
      current: needs('password'),
      password: newPassword(rules.minLength),
      repeat: (repeat, { password }) => (repeat === password ? undefined : 'problems.rule-repeat'),
    },
    forget: ['current'],
    send: async ({ current, password }) => onBegun(await beginPasswordChange({ current, next: password })),
  });
  return (
    <Task title={t('change-password.title')} lead={t('change-password.lead')}>
      <FormFrame form={form}>
        <PasswordField
          {...form.field('current')}
          ref={input}
          label={t('change-password.current')}
          autoComplete="current-password"
        />
        <PasswordField
          {...form.field('password')}
          label={t('change-password.new')}
          autoComplete="new-password"
          hint={<PasswordRules password={form.values.password} {...rules} />}
        />
        <PasswordField
          {...form.field('repeat')}
          label={t('change-password.repeat')}
          autoComplete="new-password"
        />
        <Notice>{t('change-password.ends-sessions')}</Notice>
        <SubmitButton state={form}>{t('change-password.submit')}</SubmitButton>
      </FormFrame>
    </Task>
  );
}
