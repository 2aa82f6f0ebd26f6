import { Button, Outcome, TextField, useSecondsLeft } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { queryString } from '../../../api/query-string.ts';
import { Task } from '../../../app/task.tsx';
import { ResendLine } from '../../../ceremony/sent-code.tsx';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { tokenFromLink } from '../../../forms/link-token.ts';
import { ProblemNotice } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { useForm } from '../../../forms/use-form.ts';
import { resendConfirmation } from './sent.api.ts';

/** "Check your mail": the link can also be pasted here, when the mail is read on another device. */
export function SentPage(): ReactElement {
  const { t } = useTranslation('register');
  const [params] = useSearchParams();
  const state: unknown = useLocation().state;
  const { email, resendAt } = readState(state);
  const registration = params.get('registration');

  return (
    <Task
      title={t('register.sent-title')}
      lead={email ? t('register.sent-to', { email }) : t('register.sent')}
      before={<Outcome tone="neutral" icon="mail" />}
    >
      <PasteLink />
      {registration && <Resend registration={registration} first={resendAt} />}
      <p className="muted small">
        {t('register.wrong-address')}{' '}
        <Link to={`/register${queryString({ interaction: params.get('interaction') })}`}>
          {t('register.start-again')}
        </Link>
      </p>
    </Task>
  );
}

/** Takes the whole link of the mail; the address is confirmed on the next page. */
function PasteLink(): ReactElement {
  const { t } = useTranslation('register');
  const navigate = useNavigate();
  const form = useForm({
    name: 'paste-link',
    initial: { link: '' },
    checks: { link: (text) => (tokenFromLink(text) ? undefined : 'problems.rule-link') },
    send: async ({ link }) => navigate(`/register/confirm#${tokenFromLink(link)}`),
  });
  return (
    <FormFrame form={form}>
      <TextField
        {...form.field('link')}
        label={t('register.paste-link')}
        hint={t('register.paste-link-hint')}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
      />
      <Button look="secondary" wide type="submit" busy={form.busy}>
        {t('register.use-link')}
      </Button>
    </FormFrame>
  );
}

function Resend({ registration, first }: { registration: string; first: string | null }): ReactElement {
  const { t } = useTranslation('register');
  const [resendAt, setResendAt] = useState(first);
  const wait = useSecondsLeft(resendAt ? Date.parse(resendAt) : null);
  const { run, busy, problem, attempt, waitSeconds } = useAction();
  return (
    <div className="stack stack--tight">
      <p>{t('register.not-there')}</p>
      <ProblemNotice problem={problem} attempt={attempt} />
      <ResendLine
        wait={Math.max(wait, waitSeconds)}
        busy={busy}
        onResend={() => run(async () => setResendAt(await resendConfirmation(registration)))}
      />
    </div>
  );
}

function readState(state: unknown): { email: string | null; resendAt: string | null } {
  if (typeof state !== 'object' || state === null) return { email: null, resendAt: null };
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    email: 'email' in state ? text(state.email) : null,
    resendAt: 'resendAt' in state ? text(state.resendAt) : null,
  };
}
