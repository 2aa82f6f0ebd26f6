import { Button, buttonClass, Icon, Outcome, TextField, useFocusOnMount } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { queryString } from '../../../api/query-string.ts';
import { Task } from '../../../app/task.tsx';
import { needs } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { requestPasswordReset } from './forgot-password.api.ts';

/** Asks for a link to choose a new password. Never says whether an account exists. */
export default function ForgotPasswordPage(): ReactElement {
  const { t } = useTranslation('forgot-password');
  const interaction = useSearchParams()[0].get('interaction');
  const [sent, setSent] = useState(false);
  const input = useFocusOnMount<HTMLInputElement>();
  const form = useForm({
    name: 'forgot-password',
    initial: { identifier: '' },
    checks: { identifier: needs('identifier') },
    keep: ['identifier'],
    send: async ({ identifier }) => {
      await requestPasswordReset({ identifier, ...(interaction && { interaction }) });
      setSent(true);
    },
  });
  const back = (
    <Link
      className={buttonClass(sent ? 'secondary' : 'quiet', { wide: true })}
      to={`/sign-in${queryString({ interaction })}`}
    >
      {t('forgot-password.back')}
    </Link>
  );

  if (sent) return <Sent back={back} onAgain={() => setSent(false)} />;
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
          <Button look="primary" wide type="submit" busy={form.busy} unavailable={form.waitSeconds > 0}>
            {t('forgot-password.submit')}
          </Button>
          {back}
        </div>
      </FormFrame>
    </Task>
  );
}

function Sent({ back, onAgain }: { back: ReactElement; onAgain: () => void }): ReactElement {
  const { t } = useTranslation('forgot-password');
  return (
    <Task
      key="sent"
      title={t('forgot-password.sent-title')}
      lead={t('forgot-password.sent')}
      before={
        <Outcome tone="neutral">
          <Icon name="mail" />
        </Outcome>
      }
    >
      <p className="muted">{t('forgot-password.sent-more')}</p>
      <div className="actions">
        {back}
        <Button look="quiet" wide onClick={onAgain}>
          {t('forgot-password.again')}
        </Button>
      </div>
    </Task>
  );
}
