import { Button, buttonClass, Outcome } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import { LinkOver } from '../../../app/link-over.tsx';
import { Task } from '../../../app/task.tsx';
import { tokenFromLink } from '../../../forms/link-token.ts';
import { ProblemNotice, RequestId } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { cancelErasure } from './privacy.api.ts';

/**
 * The link that stops the erasure of an account leads here. Opening it spends nothing, since mail programs open links
 * by themselves; the button does.
 */
export default function KeepAccountPage(): ReactElement {
  const { t } = useTranslation('data');
  const token = tokenFromLink(useLocation().hash);
  const { run, busy, problem, attempt, waitSeconds } = useAction();
  const [isKept, setIsKept] = useState(false);
  const keep = async (): Promise<void> => {
    if (token && (await run(() => cancelErasure(token)))) setIsKept(true);
  };
  if (isKept)
    return (
      <Task title={t('data.kept-title')} lead={t('data.kept-lead')} before={<Outcome icon="check" />}>
        <div className="actions">
          <Link className={buttonClass('primary', { wide: true })} to="/sign-in">
            {t('data.sign-in')}
          </Link>
        </div>
      </Task>
    );
  if (!token || isProblem(problem, 'erasure-gone'))
    return (
      <LinkOver problem={problem} title={t('data.link-over-title')} lead={t('data.keep-over')}>
        <Link className={buttonClass('primary', { wide: true })} to="/support">
          {t('data.get-help')}
        </Link>
      </LinkOver>
    );
  return (
    <Task
      title={t('data.keep-title')}
      lead={t('data.keep-lead')}
      before={<Outcome tone="neutral" icon="user" />}
    >
      <ProblemNotice problem={problem} attempt={attempt} />
      <div className="actions">
        <Button look="primary" wide busy={busy} unavailable={waitSeconds > 0} onClick={keep}>
          {t('data.keep')}
        </Button>
      </div>
      <RequestId problem={problem} />
    </Task>
  );
}
