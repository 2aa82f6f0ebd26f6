import { Button, Checkbox, Notice, SelectField } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../../api/api-problem.ts';
import type { NoticesView } from '../../../api/contract.ts';
import { Page } from '../../../app/page.tsx';
import { queryClient } from '../../../app/query-client.ts';
import { Loaded } from '../../../area/loaded.tsx';
import { ProblemNotice, RequestId } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { getNotices, setNotices } from './notices.api.ts';

const NOTICES = ['account-notices'];

/** What the holder is always told, and what they choose to be told. */
export function NoticesPage(): ReactElement {
  const { t } = useTranslation('notices');
  const notices = useQuery({ queryKey: NOTICES, queryFn: getNotices });
  return (
    <Page title={t('notices.title')} lead={t('notices.lead')}>
      <Loaded query={notices}>{(view) => <UseNotices view={view} />}</Loaded>
      <section className="card">
        <h2>{t('notices.always')}</h2>
        <p className="muted">{t('notices.always-text')}</p>
        <p>{t('notices.always-what')}</p>
      </section>
    </Page>
  );
}

function UseNotices({ view }: { view: NoticesView }): ReactElement {
  const { t } = useTranslation('notices');
  const withProof = useStepUp();
  const { run, busy, problem, attempt, waitSeconds } = useAction();
  const [by, setBy] = useState(view.by);
  const [failures, setFailures] = useState(view.failures);
  const [isSaved, setIsSaved] = useState(false);
  const ways =
    view.canSms || view.by === 'sms' ? (['off', 'email', 'sms'] as const) : (['off', 'email'] as const);
  const save = async (): Promise<void> => {
    setIsSaved(false);
    if (!(await run(() => withProof(() => setNotices({ by, failures }))))) return;
    setIsSaved(true);
    await queryClient.invalidateQueries({ queryKey: NOTICES });
  };
  return (
    <section className="card">
      <h2>{t('notices.use')}</h2>
      <p className="muted">{t('notices.use-text')}</p>
      {!isProblem(problem, 'proof-given-up') && <ProblemNotice problem={problem} attempt={attempt} />}
      {isSaved && (
        <Notice tone="success" live>
          {t('notices.saved')}
        </Notice>
      )}
      <div className="form">
        <SelectField
          label={t('notices.by')}
          value={by}
          options={ways.map((value) => ({ value, label: t(`notices.by-${value}`) }))}
          onChange={setBy}
        />
        {!view.canSms && <p className="muted small">{t('notices.no-phone')}</p>}
        {by !== 'off' && (
          <Checkbox checked={failures} onChange={setFailures}>
            {t('notices.failures')}
          </Checkbox>
        )}
        <div>
          <Button look="primary" busy={busy} unavailable={waitSeconds > 0} onClick={save}>
            {t('notices.save')}
          </Button>
        </div>
      </div>
      <RequestId problem={problem} />
    </section>
  );
}
