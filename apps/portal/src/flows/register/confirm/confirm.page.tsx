import { Button, buttonClass, CopyButton, Outcome } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import { LinkOver } from '../../../app/link-over.tsx';
import { Task } from '../../../app/task.tsx';
import { tokenFromLink } from '../../../forms/link-token.ts';
import { ProblemNotice, RequestId } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { type ConfirmedRegistration, confirmRegistration } from './confirm.api.ts';
import { ConfirmWithPassword } from './confirm-with-password.tsx';

/**
 * The link of the mail leads here. Opening it spends nothing, since mail programs open links by themselves;
 * the button does.
 */
export function ConfirmPage(): ReactElement {
  const { t } = useTranslation('register');
  const token = tokenFromLink(useLocation().hash);
  const [confirmed, setConfirmed] = useState<ConfirmedRegistration>();
  const { run, busy, problem, attempt, waitSeconds } = useAction();

  if (confirmed) return <Confirmed {...confirmed} />;
  if (!token || isProblem(problem, 'link-over')) {
    return (
      <LinkOver problem={problem} title={t('register.link-over-title')} lead={t('register.link-over')}>
        <Link className={buttonClass('primary', { wide: true })} to="/register">
          {t('register.start-again')}
        </Link>
      </LinkOver>
    );
  }
  if (isProblem(problem, 'registration-password-needed'))
    return <ConfirmWithPassword token={token} onConfirmed={setConfirmed} />;
  return (
    <Task
      title={t('register.confirm-title')}
      lead={t('register.confirm-lead')}
      before={<Outcome tone="neutral" icon="mail" />}
    >
      <ProblemNotice problem={problem} attempt={attempt} />
      <div className="actions">
        <Button
          look="primary"
          wide
          busy={busy}
          unavailable={waitSeconds > 0}
          onClick={() => run(async () => setConfirmed(await confirmRegistration(token)))}
        >
          {t('register.confirm')}
        </Button>
      </div>
      <RequestId problem={problem} />
    </Task>
  );
}

/** The user id, shown to be written down, and the way to the first sign-in. */
function Confirmed({ userId, email, continueTo }: ConfirmedRegistration): ReactElement {
  const { t } = useTranslation('register');
  return (
    <Task
      title={t('register.done-title')}
      lead={t('register.done', { email })}
      before={<Outcome icon="check" />}
    >
      <div className="user-id">
        <span className="muted" id="user-id-label">
          {t('register.your-user-id')}
        </span>
        <output aria-labelledby="user-id-label">{userId}</output>
        <CopyButton text={userId} label={t('register.copy-user-id')} />
      </div>
      <p className="muted">{t('register.user-id-use')}</p>
      <div className="actions">
        <a className={buttonClass('primary', { wide: true })} href={continueTo}>
          {t('register.go-sign-in')}
        </a>
      </div>
    </Task>
  );
}
