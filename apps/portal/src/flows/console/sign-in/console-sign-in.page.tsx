import { Notice, PasswordField, TextField, useFocusOnMount } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import type { CeremonyView } from '../../../api/contract.ts';
import { refreshConsoleSession } from '../../../app/console-session.ts';
import { Task } from '../../../app/task.tsx';
import { CeremonySteps } from '../../../ceremony/ceremony-steps.tsx';
import { emailAddress, needs } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { ProblemNotice } from '../../../forms/problem-notice.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { useForm } from '../../../forms/use-form.ts';
import { finishConsoleSignIn, signInToConsole } from './console-sign-in.api.ts';

/** Operators sign in here: their password, then their key. */
export default function ConsoleSignInPage(): ReactElement {
  const [ceremony, setCeremony] = useState<CeremonyView>();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { run, problem, attempt } = useAction();
  const finish = ({ id }: CeremonyView): void => {
    void run(async () => {
      await finishConsoleSignIn(id);
      await refreshConsoleSession();
      navigate(withinConsole(params.get('returnTo')), { replace: true });
    }).then((done) => done || setCeremony(undefined));
  };

  if (!ceremony) return <PasswordStep onStarted={setCeremony} problem={problem} attempt={attempt} />;
  return (
    <CeremonySteps
      key={ceremony.id}
      ceremony={ceremony}
      onChange={setCeremony}
      chosen={undefined}
      onChoose={() => undefined}
      onDone={finish}
      onRefused={() => setCeremony(undefined)}
    />
  );
}

/** Where somebody wanted to go, if that is in the console. */
const withinConsole = (path: string | null): string =>
  path !== null && /^\/console(?:[/?]|$)/.test(path) ? path : '/console';

interface PasswordStepProps {
  onStarted: (ceremony: CeremonyView) => void;
  problem: Parameters<typeof ProblemNotice>[0]['problem'];
  attempt: number;
}

function PasswordStep({ onStarted, problem, attempt }: PasswordStepProps): ReactElement {
  const { t } = useTranslation('console-sign-in');
  const ended = useSearchParams()[0].get('ended');
  const first = useFocusOnMount<HTMLInputElement>();
  const form = useForm({
    name: 'console-sign-in',
    initial: { email: '', password: '' },
    checks: { email: emailAddress, password: needs('password') },
    keep: ['email'],
    forget: ['password'],
    send: async (values) => onStarted(await signInToConsole(values)),
  });

  return (
    <Task title={t('console-sign-in.title')} lead={t('console-sign-in.lead')}>
      {ended === 'idle' && <Notice live>{t('console-sign-in.ended')}</Notice>}
      {ended === 'signed-out' && <Notice live>{t('console-sign-in.signed-out')}</Notice>}
      <ProblemNotice problem={problem} attempt={attempt} />
      <FormFrame form={form}>
        <TextField
          {...form.field('email')}
          ref={first}
          label={t('console-sign-in.email')}
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <PasswordField
          {...form.field('password')}
          label={t('console-sign-in.password')}
          autoComplete="current-password"
        />
        <SubmitButton state={form}>{t('console-sign-in.submit')}</SubmitButton>
      </FormFrame>
      <p className="muted small">{t('console-sign-in.lost')}</p>
    </Task>
  );
}
