import { Button, buttonClass, Outcome, TextField, useFocusOnMount } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { queryString } from '../../../api/query-string.ts';
import { Task } from '../../../app/task.tsx';
import { needs } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { requestPasswordReset } from './forgot-password.api.ts';

/** Asks for a link to choose a new password. Never says whether an account exists. */
export default function ForgotPasswordPage(): ReactElement {
  const [sent, setSent] = useState(false);
  return sent ? <Sent onAgain={() => setSent(false)} /> : <AskForLink onSent={() => setSent(true)} />;
}

function AskForLink({ onSent }: { onSent: () => void }): ReactElement {
  const { t } = useTranslation('forgot-password');
  const interaction = useSearchParams()[0].get('interaction');
  const input = useFocusOnMount<HTMLInputElement>();
  const form = useForm({
    name: 'forgot-password',
    initial: { identifier: '' },
    checks: { identifier: needs('identifier') },
    keep: ['identifier'],
    send: async ({ identifier }) => {
      await requestPasswordReset({ identifier, ...(interaction && { interaction }) });
      onSent();
    },
  });

  return (
    <Task title={t('forgot-password.title')} lead={t('forgot-password.lead')}>
      <FormFrame form={form}>
        <TextField
          {...form.field('identifier')}
          ref={input}
          label={t('forgot-password.identifier')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <div className="actions">
          <SubmitButton state={form}>{t('forgot-password.submit')}</SubmitButton>
          <BackToSignIn look="quiet" />
        </div>
      </FormFrame>
    </Task>
  );
}

function BackToSignIn({ look }: { look: 'quiet' | 'secondary' }): ReactElement {
  const { t } = useTranslation('forgot-password');
  const interaction = useSearchParams()[0].get('interaction');
  return (
    <Link className={buttonClass(look, { wide: true })} to={`/sign-in${queryString({ interaction })}`}>
      {t('forgot-password.back')}
    </Link>
  );
}

function Sent({ onAgain }: { onAgain: () => void }): ReactElement {
  const { t } = useTranslation('forgot-password');
  return (
    <Task
      title={t('forgot-password.sent-title')}
      lead={t('forgot-password.sent')}
      before={<Outcome tone="neutral" icon="mail" />}
    >
      <p className="muted">{t('forgot-password.sent-more')}</p>
      <div className="actions">
        <BackToSignIn look="secondary" />
        <Button look="quiet" wide onClick={onAgain}>
          {t('forgot-password.again')}
        </Button>
      </div>
    </Task>
  );
}
