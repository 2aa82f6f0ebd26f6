import { Button, buttonClass, Notice, PasswordField, TextField, useFocusOnMount } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CeremonyView, SignInView } from '../../../api/contract.ts';
import { queryString } from '../../../api/query-string.ts';
import { Asker } from '../../../app/asker.tsx';
import { Task } from '../../../app/task.tsx';
import { needs } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { ProblemNotice } from '../../../forms/problem-notice.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { type Form, useForm } from '../../../forms/use-form.ts';
import { canScan } from '../../../qr/can-scan.ts';
import { SameDevice } from '../../../qr/same-device.tsx';
import { purposeOf, ScanColumn } from './scan-column.tsx';
import { signInWithPassword } from './sign-in.api.ts';
import { type PasskeySignIn, usePasskeySignIn } from './use-passkey-sign-in.ts';

interface SignInFormProps {
  view: SignInView;
  interaction: string | null;
  /** Why the holder is here again, as the key of a text. */
  notice: string | undefined;
  onStarted: (ceremony: CeremonyView) => void;
}

/** The choice: a code to scan beside user id and password; on a telephone the form first, then the app on it. */
export function SignInForm(props: SignInFormProps): ReactElement {
  const { view, interaction, notice } = props;
  const { t } = useTranslation('sign-in');
  const [isScannable] = useState(canScan);
  const hasCode = view.takesQr && isScannable;
  return (
    <>
      <Task title={t('sign-in.title')} before={<Asker relyingParty={view.relyingParty} />} columns={hasCode}>
        {notice && <Notice live>{t(notice)}</Notice>}
        <div className={hasCode ? 'sign-in-ways' : 'stack stack--loose'}>
          {hasCode && <ScanColumn {...props} />}
          <PasswordColumn {...props} hasCode={hasCode} />
        </div>
        <div className="task-foot">
          <p>{t('sign-in.no-account')}</p>
          <Link
            className={buttonClass('secondary', { wide: true })}
            to={`/register${queryString({ interaction })}`}
          >
            {t('sign-in.register')}
          </Link>
        </div>
      </Task>
      <p className="task-aside">
        {t('sign-in.trouble')}{' '}
        <Link to={`/support${queryString({ interaction })}`}>{t('sign-in.contact-support')}</Link>
      </p>
    </>
  );
}

/** User id or e-mail, and password; below them what signs in without. */
function PasswordColumn({
  view,
  interaction,
  onStarted,
  hasCode,
}: SignInFormProps & { hasCode: boolean }): ReactElement {
  const { t } = useTranslation('sign-in');
  const passkey = usePasskeySignIn(view.takesPasskeys, interaction, onStarted);
  const known = view.session?.email ?? view.loginHint ?? '';
  const form = useForm({
    name: 'sign-in',
    initial: { identifier: known, password: '' },
    checks: { identifier: needs('identifier'), password: needs('password') },
    keep: ['identifier'],
    forget: ['password'],
    send: async (values) =>
      onStarted(await signInWithPassword({ ...values, ...(interaction && { interaction }) })),
  });

  return (
    <div className="stack stack--loose">
      {hasCode && <h2>{t('sign-in.with-password')}</h2>}
      <FormFrame form={form}>
        <Credentials form={form} interaction={interaction} />
        <SubmitButton state={form}>{t('sign-in.submit')}</SubmitButton>
      </FormFrame>
      <div className="other-ways">
        {view.takesQr && !hasCode && <p className="muted">{t('sign-in.without-password')}</p>}
        <UsePasskey passkey={passkey} />
        {view.takesQr && !hasCode && <SameDevice purpose={purposeOf(interaction)} onRedeemed={onStarted} />}
      </div>
    </div>
  );
}

/** Instead of the password; what went wrong with it stands beside it. */
function UsePasskey({ passkey }: { passkey: PasskeySignIn }): ReactElement | null {
  const { t } = useTranslation('sign-in');
  if (!passkey.ask) return null;
  return (
    <>
      <ProblemNotice problem={passkey.problem} attempt={passkey.attempt} />
      <Button
        look="quiet"
        wide
        icon="passkey"
        busy={passkey.busy}
        unavailable={passkey.waitSeconds > 0}
        onClick={passkey.ask}
      >
        {t('sign-in.use-passkey')}
      </Button>
    </>
  );
}

interface CredentialsProps {
  form: Form<{ identifier: string; password: string }>;
  interaction: string | null;
}

/** Both fields; the cursor is in the first empty one. */
function Credentials({ form, interaction }: CredentialsProps): ReactElement {
  const { t } = useTranslation('sign-in');
  const identifier = useFocusOnMount<HTMLInputElement>(form.values.identifier === '');
  const password = useFocusOnMount<HTMLInputElement>(form.values.identifier !== '');
  return (
    <>
      <TextField
        {...form.field('identifier')}
        ref={identifier}
        label={t('sign-in.identifier')}
        autoComplete="username webauthn"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
      />
      <div className="stack stack--tight">
        <PasswordField
          {...form.field('password')}
          ref={password}
          label={t('sign-in.password')}
          autoComplete="current-password"
        />
        <Link className="quiet-link" to={`/forgot-password${queryString({ interaction })}`}>
          {t('sign-in.forgot-password')}
        </Link>
      </div>
    </>
  );
}
