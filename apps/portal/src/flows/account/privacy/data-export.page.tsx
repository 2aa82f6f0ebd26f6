import { Button, buttonClass, Outcome, Waiting } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import { queryString } from '../../../api/query-string.ts';
import { LinkOver } from '../../../app/link-over.tsx';
import { ProblemPage } from '../../../app/problem-page.tsx';
import { useSession } from '../../../app/session.ts';
import { Task } from '../../../app/task.tsx';
import { dropDraft, keepDraft, readDraft } from '../../../forms/drafts.ts';
import { tokenFromLink } from '../../../forms/link-token.ts';
import { ProblemNotice, RequestId } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { StepUpProvider, useStepUp } from '../../../step-up/step-up.tsx';
import { fetchExport } from './privacy.api.ts';

const DRAFT = 'data-export';

/** The link to one's data leads here, and through a sign-in where there is need: it opens to its holder alone. */
export default function DataExportPage(): ReactElement {
  const { t } = useTranslation('data');
  const token = tokenFromLink(useLocation().hash) ?? readDraft(DRAFT).token;
  const session = useSession();
  if (session.error) return <ProblemPage error={session.error} retry={() => session.refetch()} />;
  if (!session.data) return <Waiting>{t('data.fetch-title')}</Waiting>;
  if (!session.data.signedIn) {
    if (token) keepDraft(DRAFT, { token }, ['token']);
    return <Navigate to={`/sign-in${queryString({ returnTo: '/data-export' })}`} replace />;
  }
  return <StepUpProvider>{token ? <Fetch token={token} /> : <Over />}</StepUpProvider>;
}

function Over(): ReactElement {
  const { t } = useTranslation('data');
  return (
    <LinkOver problem={undefined} title={t('data.link-over-title')} lead={t('data.link-over')}>
      <Link className={buttonClass('primary', { wide: true })} to="/account/privacy">
        {t('data.ask')}
      </Link>
    </LinkOver>
  );
}

function Fetch({ token }: { token: string }): ReactElement {
  const { t } = useTranslation('data');
  const withProof = useStepUp();
  const { run, busy, problem, attempt, waitSeconds } = useAction();
  const [isFetched, setIsFetched] = useState(false);
  const fetchAndSave = async (): Promise<void> => {
    const data = await withProof(() => fetchExport(token));
    dropDraft(DRAFT);
    saveJson(data);
    setIsFetched(true);
  };
  if (isFetched) return <Fetched />;
  if (isProblem(problem, 'export-gone')) return <Over />;
  return (
    <Task
      title={t('data.fetch-title')}
      lead={t('data.fetch-lead')}
      before={<Outcome tone="neutral" icon="download" />}
    >
      {!isProblem(problem, 'proof-given-up') && <ProblemNotice problem={problem} attempt={attempt} />}
      <div className="actions">
        <Button
          look="primary"
          wide
          icon="download"
          busy={busy}
          unavailable={waitSeconds > 0}
          onClick={() => run(fetchAndSave)}
        >
          {t('data.fetch')}
        </Button>
      </div>
      <RequestId problem={problem} />
    </Task>
  );
}

function Fetched(): ReactElement {
  const { t } = useTranslation('data');
  return (
    <Task title={t('data.fetched-title')} lead={t('data.fetched')} before={<Outcome icon="check" />}>
      <div className="actions">
        <Link className={buttonClass('primary', { wide: true })} to="/account">
          {t('data.to-account')}
        </Link>
      </div>
    </Task>
  );
}

/** Hands the holder a file, which never was anywhere else. */
function saveJson(data: object): void {
  const address = URL.createObjectURL(
    new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = address;
  link.download = 'account-data.json';
  link.click();
  URL.revokeObjectURL(address);
}
