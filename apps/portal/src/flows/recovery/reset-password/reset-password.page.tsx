import { buttonClass, Notice, Outcome, PasswordField, useFocusOnMount, Waiting } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import { queryString } from '../../../api/query-string.ts';
import { LinkOver } from '../../../app/link-over.tsx';
import { ProblemPage } from '../../../app/problem-page.tsx';
import { refreshSession } from '../../../app/session.ts';
import { Task } from '../../../app/task.tsx';
import { newPassword } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { tokenFromLink } from '../../../forms/link-token.ts';
import { PasswordRules } from '../../../forms/password-rules.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { checkPasswordReset, completePasswordReset } from './reset-password.api.ts';

/** The link of the mail leads here: a new password, then sign in as always. */
export default function ResetPasswordPage(): ReactElement {
  const { t } = useTranslation('reset-password');
  const token = tokenFromLink(useLocation().hash) ?? '';
  const [continueTo, setContinueTo] = useState<string>();
  const check = useQuery({
    queryKey: ['password-reset', token],
    queryFn: () => checkPasswordReset(token),
    enabled: token !== '' && !continueTo,
  });

  if (continueTo) return <Changed continueTo={continueTo} />;
  const over = isProblem(check.error, 'link-over') ? check.error : undefined;
  if (over || token === '') return <ResetLinkOver problem={over} />;
  if (check.error) return <ProblemPage error={check.error} retry={() => check.refetch()} />;
  if (!check.data) return <Waiting>{t('shell.loading')}</Waiting>;
  return <NewPassword {...check.data} token={token} onDone={setContinueTo} />;
}

interface NewPasswordProps {
  token: string;
  email: string;
  minLength: number;
  identity: boolean;
  onDone: (continueTo: string) => void;
}

function NewPassword({ token, email, minLength, identity, onDone }: NewPasswordProps): ReactElement {
  const { t } = useTranslation('reset-password');
  const interaction = useSearchParams()[0].get('interaction');
  const input = useFocusOnMount<HTMLInputElement>();
  const form = useForm({
    name: 'reset-password',
    initial: { password: '' },
    checks: { password: newPassword(minLength) },
    send: async ({ password }) => {
      const reset = { token, password, ...(interaction && { interaction }) };
      const { continueTo } = await completePasswordReset(reset);
      await refreshSession();
      onDone(continueTo);
    },
  });
  if (isProblem(form.problem, 'link-over')) return <ResetLinkOver problem={form.problem} />;

  return (
    <Task title={t('reset-password.title')} lead={t('reset-password.lead', { email })}>
      <FormFrame form={form}>
        <PasswordField
          {...form.field('password')}
          ref={input}
          label={t('reset-password.password')}
          autoComplete="new-password"
          hint={<PasswordRules {...{ password: form.values.password, minLength, identity }} />}
        />
        <Notice>{t('reset-password.ends-sessions')}</Notice>
        <SubmitButton state={form}>{t('reset-password.submit')}</SubmitButton>
      </FormFrame>
    </Task>
  );
}

function Changed({ continueTo }: { continueTo: string }): ReactElement {
  const { t } = useTranslation('reset-password');
  return (
    <Task
      title={t('reset-password.done-title')}
      lead={t('reset-password.done')}
      before={<Outcome icon="check" />}
    >
      <div className="actions">
        <a className={buttonClass('primary', { wide: true })} href={continueTo}>
          {t('reset-password.go-sign-in')}
        </a>
      </div>
    </Task>
  );
}

function ResetLinkOver({ problem }: { problem: Parameters<typeof LinkOver>[0]['problem'] }): ReactElement {
  const { t } = useTranslation('reset-password');
  const interaction = useSearchParams()[0].get('interaction');
  const again = `/forgot-password${queryString({ interaction })}`;
  return (
    <LinkOver
      title={t('reset-password.link-over-title')}
      lead={t('reset-password.link-over')}
      problem={problem}
    >
      <Link className={buttonClass('primary', { wide: true })} to={again}>
        {t('reset-password.ask-again')}
      </Link>
    </LinkOver>
  );
}
