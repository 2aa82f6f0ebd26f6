import { Button, buttonClass, Outcome, Waiting } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import type { Answer } from '../../../api/contract.ts';
import { LinkOver } from '../../../app/link-over.tsx';
import { ProblemPage } from '../../../app/problem-page.tsx';
import { refreshSession } from '../../../app/session.ts';
import { Task } from '../../../app/task.tsx';
import { tokenFromLink } from '../../../forms/link-token.ts';
import { ProblemNotice } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { cancelContactChange, checkContactChange } from './cancel-change.api.ts';

/** The link that the old contact was sent leads here: undo the change, without signing in. */
export default function CancelChangePage(): ReactElement {
  const { t } = useTranslation('cancel-change');
  const token = tokenFromLink(useLocation().hash) ?? '';
  const [isDone, setIsDone] = useState(false);
  const check = useQuery({
    queryKey: ['contact-change', token],
    queryFn: () => checkContactChange(token),
    enabled: token !== '' && !isDone,
  });
  if (isDone) return <Undone />;
  const over = isProblem(check.error, 'link-over') ? check.error : undefined;
  if (over || token === '') return <Over problem={over} />;
  if (check.error) return <ProblemPage error={check.error} retry={() => check.refetch()} />;
  if (!check.data) return <Waiting>{t('shell.loading')}</Waiting>;
  return <Ask change={check.data} token={token} onDone={() => setIsDone(true)} />;
}

interface AskProps {
  change: Answer<'checkContactChange'>;
  token: string;
  onDone: () => void;
}

/** What follows, in plain words, before the button. */
function Ask({ change, token, onDone }: AskProps): ReactElement {
  const { t } = useTranslation('cancel-change');
  const { run, problem, attempt, busy, waitSeconds } = useAction();
  if (isProblem(problem, 'link-over')) return <Over problem={problem} />;
  const cancel = async (): Promise<void> => {
    const isCancelled = await run(() => cancelContactChange(token));
    if (!isCancelled) return;
    await refreshSession();
    onDone();
  };
  return (
    <Task
      title={t(`cancel-change.title-${change.kind}`)}
      lead={t(`cancel-change.lead-${change.kind}`, { old: change.old })}
    >
      <ProblemNotice problem={problem} attempt={attempt} />
      <ul className="notice-list">
        <li>{t(`cancel-change.back-${change.kind}`, { old: change.old })}</li>
        <li>{t('cancel-change.sessions')}</li>
        <li>{t('cancel-change.password')}</li>
      </ul>
      <div className="actions">
        <Button look="danger" wide busy={busy} unavailable={waitSeconds > 0} onClick={cancel}>
          {t('cancel-change.action')}
        </Button>
        <p className="muted small">{t('cancel-change.was-you')}</p>
      </div>
    </Task>
  );
}

function Undone(): ReactElement {
  const { t } = useTranslation('cancel-change');
  return (
    <Task
      title={t('cancel-change.done-title')}
      lead={t('cancel-change.done')}
      before={<Outcome icon="check" />}
    >
      <div className="actions">
        <Link className={buttonClass('primary', { wide: true })} to="/forgot-password">
          {t('cancel-change.new-password')}
        </Link>
      </div>
    </Task>
  );
}

function Over({ problem }: { problem: Parameters<typeof LinkOver>[0]['problem'] }): ReactElement {
  const { t } = useTranslation('cancel-change');
  return (
    <LinkOver title={t('cancel-change.over-title')} lead={t('cancel-change.over')} problem={problem}>
      <Link className={buttonClass('primary', { wide: true })} to="/support">
        {t('cancel-change.support')}
      </Link>
    </LinkOver>
  );
}
