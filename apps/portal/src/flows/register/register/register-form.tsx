import { Button, PasswordField, TextField } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { SignInView } from '../../../api/contract.ts';
import { queryString } from '../../../api/query-string.ts';
import { Asker } from '../../../app/asker.tsx';
import { Task } from '../../../app/task.tsx';
import { shownLanguage } from '../../../app/texts.ts';
import { emailAddress, needs } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { PasswordRules } from '../../../forms/password-rules.tsx';
import { emptyPhone, PhoneInput, possiblePhone } from '../../../forms/phone-input.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { register } from './register.api.ts';

/** E-mail, password and, where the relying party asks for it, a mobile number. */
export function RegisterForm({
  view,
  interaction,
}: {
  view: SignInView;
  interaction: string | null;
}): ReactElement {
  const { t } = useTranslation('register');
  const navigate = useNavigate();
  const asksPhone = view.registrationPhone !== 'none';
  const phoneOptional = view.registrationPhone === 'optional';
  const form = useForm({
    name: 'register',
    initial: { email: view.loginHint ?? '', password: '', ...emptyPhone() },
    checks: {
      email: emailAddress,
      password: needs('password'),
      phone: (e164, values) =>
        asksPhone && !(phoneOptional && values.phoneTyped === '') ? possiblePhone(e164) : undefined,
    },
    keep: ['email', 'phone', 'phoneTyped', 'phoneCountry'],
    send: async ({ email, password, phone }) => {
      const sent = await register({
        email: email.trim(),
        password,
        language: shownLanguage(),
        ...(asksPhone && phone && { phone }),
        ...(interaction && { interaction }),
      });
      const state = { email: email.trim(), resendAt: sent.resendAt };
      await navigate(`/register/sent${queryString({ registration: sent.registration, interaction })}`, {
        state,
      });
    },
  });

  return (
    <>
      <Task
        title={t('register.title')}
        lead={t('register.lead')}
        before={<Asker relyingParty={view.relyingParty} />}
      >
        <FormFrame form={form}>
          <TextField
            {...form.field('email')}
            label={t('register.email')}
            hint={t('register.email-hint')}
            type="email"
            inputMode="email"
            autoComplete="username"
            autoCapitalize="none"
          />
          <PasswordField
            {...form.field('password')}
            label={t('register.password')}
            autoComplete="new-password"
            hint={<PasswordRules password={form.values.password} minLength={view.passwordMinLength} />}
          />
          {asksPhone && (
            <PhoneInput
              field={form.field('phone')}
              values={form.values}
              onChange={form.change}
              label={t('register.phone')}
              hint={t('register.phone-hint')}
              optional={phoneOptional}
            />
          )}
          <Button look="primary" wide type="submit" busy={form.busy} unavailable={form.waitSeconds > 0}>
            {t('register.submit')}
          </Button>
        </FormFrame>
        <p className="muted small">
          {t('register.privacy')} <Link to="/privacy">{t('register.privacy-link')}</Link>
        </p>
      </Task>
      <p className="task-aside">
        {t('register.have-account')}{' '}
        <Link to={`/sign-in${queryString({ interaction })}`}>{t('register.sign-in')}</Link>
      </p>
    </>
  );
}
