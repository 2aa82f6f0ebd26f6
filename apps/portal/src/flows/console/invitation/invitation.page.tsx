import { buttonClass, Outcome, PasswordField, TextField, useFocusOnMount, Waiting } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import type { Answer } from '../../../api/contract.ts';
import { LinkOver } from '../../../app/link-over.tsx';
import { ProblemPage } from '../../../app/problem-page.tsx';
import { Task } from '../../../app/task.tsx';
import { shownLanguage } from '../../../app/texts.ts';
import { needs, newPassword } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { tokenFromLink } from '../../../forms/link-token.ts';
import { PasswordRules } from '../../../forms/password-rules.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { makePasskey, withPasskeyWords } from '../../../passkeys/browser-passkeys.ts';
import { acceptInvitation, openInvitation, startOperatorKey } from './invitation.api.ts';

/** The link of an invitation leads here: a name, a password, a key, and somebody is an operator. */
export default function InvitationPage(): ReactElement {
  const { t } = useTranslation('invitation');
  const token = tokenFromLink(useLocation().hash) ?? '';
  const [done, setDone] = useState(false);
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => openInvitation(token),
    enabled: token !== '' && !done,
  });

  if (done) return <Joined />;
  const over = isProblem(invitation.error, 'link-over') ? invitation.error : undefined;
  if (over || token === '')
    return (
      <LinkOver title={t('invitation.over-title')} lead={t('invitation.over')} problem={over}>
        <Link className={buttonClass('secondary', { wide: true })} to="/console/sign-in">
          {t('invitation.go-sign-in')}
        </Link>
      </LinkOver>
    );
  if (invitation.error) return <ProblemPage error={invitation.error} retry={() => invitation.refetch()} />;
  if (!invitation.data) return <Waiting>{t('shell.loading')}</Waiting>;
  return <Join invitation={invitation.data} token={token} onDone={() => setDone(true)} />;
}

interface JoinProps {
  invitation: Answer<'openInvitation'>;
  token: string;
  onDone: () => void;
}

function Join({ invitation, token, onDone }: JoinProps): ReactElement {
  const { t } = useTranslation('invitation');
  const { email, passwordMinLength } = invitation;
  const first = useFocusOnMount<HTMLInputElement>();
  const form = useForm({
    name: 'invitation',
    initial: { name: '', password: '' },
    checks: { name: needs('name'), password: newPassword(passwordMinLength) },
    send: async ({ name, password }) => {
      const { publicKey, ...asked } = await startOperatorKey({ token, password });
      const credential = await makePasskey(publicKey);
      const given = { token, name, password, language: shownLanguage(), ...asked, credential };
      await withPasskeyWords(() => acceptInvitation(given));
      onDone();
    },
  });

  return (
    <Task title={t('invitation.title')} lead={t('invitation.lead', { email })}>
      <FormFrame form={form}>
        <TextField
          {...form.field('name')}
          ref={first}
          label={t('invitation.name')}
          hint={t('invitation.name-hint')}
          autoComplete="name"
        />
        <PasswordField
          {...form.field('password')}
          label={t('invitation.password')}
          autoComplete="new-password"
          hint={<PasswordRules password={form.values.password} minLength={passwordMinLength} />}
        />
        <p>{t('invitation.key')}</p>
        <SubmitButton state={form} icon="passkey">
          {t('invitation.submit')}
        </SubmitButton>
      </FormFrame>
    </Task>
  );
}

function Joined(): ReactElement {
  const { t } = useTranslation('invitation');
  return (
    <Task title={t('invitation.done-title')} lead={t('invitation.done')} before={<Outcome icon="check" />}>
      <div className="actions">
        <Link className={buttonClass('primary', { wide: true })} to="/console/sign-in">
          {t('invitation.go-sign-in')}
        </Link>
      </div>
    </Task>
  );
}
