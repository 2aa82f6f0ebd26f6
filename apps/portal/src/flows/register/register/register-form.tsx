import { PasswordField, TextField } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { SignInView } from '../../../api/contract.ts';
import { queryString } from '../../../api/query-string.ts';
import { Asker } from '../../../app/asker.tsx';
import { Task } from '../../../app/task.tsx';
import { shownLanguage } from '../../../app/texts.ts';
import { emailAddress, newPassword } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { PasswordRules } from '../../../forms/password-rules.tsx';
import { emptyPhone, PhoneInput, type PhoneValues, possiblePhone } from '../../../forms/phone-input.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { type Form, useForm } from '../../../forms/use-form.ts';
import { register } from './register.api.ts';

interface RegisterFormProps {
  view: SignInView;
  interaction: string | null;
}

type RegisterValues = { email: string; password: string } & PhoneValues;

/** E-mail, password and, where the relying party asks for it, a mobile number. */
export function RegisterForm({ view, interaction }: RegisterFormProps): ReactElement {
  const { t } = useTranslation('register');
  const form = useRegisterForm(view, interaction);
  return (
    <>
      <Task
        title={t('register.title')}
        lead={t('register.lead')}
        before={<Asker relyingParty={view.relyingParty} />}
      >
        <FormFrame form={form}>
          <RegisterFields form={form} view={view} />
          <SubmitButton state={form}>{t('register.submit')}</SubmitButton>
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

function RegisterFields({ form, view }: { form: Form<RegisterValues>; view: SignInView }): ReactElement {
  const { t } = useTranslation('register');
  return (
    <>
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
      {view.registrationPhone !== 'none' && (
        <PhoneInput
          field={form.field('phone')}
          values={form.values}
          onChange={form.change}
          label={t('register.phone')}
          hint={t('register.phone-hint')}
          optional={view.registrationPhone === 'optional'}
        />
      )}
    </>
  );
}

function useRegisterForm(view: SignInView, interaction: string | null): Form<RegisterValues> {
  const navigate = useNavigate();
  return useForm<RegisterValues>({
    name: 'register',
    initial: { email: view.loginHint ?? '', password: '', ...emptyPhone() },
    checks: {
      email: emailAddress,
      password: newPassword(view.passwordMinLength),
      phone: (e164, { phoneTyped }) => checkPhone(view.registrationPhone, e164, phoneTyped),
    },
    keep: ['email', 'phone', 'phoneTyped', 'phoneCountry'],
    send: async ({ email, password, phone }) => {
      const address = email.trim();
      const { registration, resendAt } = await register({
        email: address,
        password,
        language: shownLanguage(),
        ...(phone && { phone }),
        ...(interaction && { interaction }),
      });
      const state = { email: address, resendAt };
      await navigate(`/register/sent${queryString({ registration, interaction })}`, { state });
    },
  });
}

/** An optional number may be left out, but not be half a number. */
function checkPhone(asked: SignInView['registrationPhone'], e164: string, typed: string): string | undefined {
  if (asked === 'none' || (asked === 'optional' && typed === '')) return undefined;
  return possiblePhone(e164);
}
