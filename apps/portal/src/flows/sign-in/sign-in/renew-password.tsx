import { Notice, PasswordField, useFocusOnMount } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView } from '../../../api/contract.ts';
import { Asker } from '../../../app/asker.tsx';
import { refreshSession } from '../../../app/session.ts';
import { Task } from '../../../app/task.tsx';
import { renewPassword } from '../../../ceremony/ceremony.api.ts';
import { needs, newPassword } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { PasswordRules } from '../../../forms/password-rules.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';

interface RenewPasswordProps {
  ceremony: CeremonyView;
  minLength: number;
  onRenewed: (ceremony: CeremonyView) => void;
}

/** The password is over: a new one, then the sign-in goes on where it was. */
export function RenewPassword({ ceremony, minLength, onRenewed }: RenewPasswordProps): ReactElement {
  const { t } = useTranslation('renew-password');
  const input = useFocusOnMount<HTMLInputElement>();
  const form = useForm({
    name: 'renew-password',
    initial: { current: '', password: '', repeat: '' },
    checks: {
      current: needs('password'),
      password: newPassword(minLength),
      repeat: (repeat, { password }) => (repeat === password ? undefined : 'problems.rule-repeat'),
    },
    forget: ['current'],
    send: async ({ current, password }) => {
      const next = await renewPassword(ceremony.id, { current, next: password });
      // Every session has ended, also one of this browser.
      await refreshSession();
      onRenewed(next);
    },
  });
  return (
    <Task
      title={t('renew-password.title')}
      lead={t('renew-password.lead')}
      before={<Asker relyingParty={ceremony.relyingParty} />}
    >
      <FormFrame form={form}>
        <PasswordField
          {...form.field('current')}
          ref={input}
          label={t('renew-password.current')}
          autoComplete="current-password"
        />
        <PasswordField
          {...form.field('password')}
          label={t('renew-password.new')}
          autoComplete="new-password"
          hint={<PasswordRules password={form.values.password} minLength={minLength} identity />}
        />
        <PasswordField
          {...form.field('repeat')}
          label={t('renew-password.repeat')}
          autoComplete="new-password"
        />
        <Notice>{t('renew-password.ends-sessions')}</Notice>
        <SubmitButton state={form}>{t('renew-password.submit')}</SubmitButton>
      </FormFrame>
    </Task>
  );
}
