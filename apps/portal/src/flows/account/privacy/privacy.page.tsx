import { Badge, Button, buttonClass, Day, Notice, When } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import type { PrivacyView } from '../../../api/contract.ts';
import { leaveAccount } from '../../../app/leave-account.ts';
import { Page } from '../../../app/page.tsx';
import { queryClient } from '../../../app/query-client.ts';
import { ConfirmDialog } from '../../../area/confirm-dialog.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { ProblemNotice, RequestId } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { getPrivacy, requestErasure, requestExport } from './privacy.api.ts';

const PRIVACY = ['account-privacy'];

/** The holder's data in their own hands, and the end of the account. */
export function PrivacyPage(): ReactElement {
  const { t } = useTranslation('data');
  const privacy = useQuery({ queryKey: PRIVACY, queryFn: getPrivacy });
  return (
    <Page title={t('data.title')} lead={t('data.lead')}>
      <Loaded query={privacy}>
        {(view) => (
          <>
            {view.heldUntil && (
              <Notice title={t('data.held-title')}>
                <p>
                  {t('data.held')} <When iso={view.heldUntil} />.
                </p>
              </Notice>
            )}
            <Copy view={view} />
            <Erase view={view} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Copy({ view }: { view: PrivacyView }): ReactElement {
  const { t } = useTranslation('data');
  const withProof = useStepUp();
  const { run, busy, problem, attempt, waitSeconds } = useAction();
  const [isAsked, setIsAsked] = useState(false);
  const ask = async (): Promise<void> => {
    if (!(await run(() => withProof(requestExport)))) return;
    setIsAsked(true);
    await queryClient.invalidateQueries({ queryKey: PRIVACY });
  };
  return (
    <section className="card">
      <h2>{t('data.copy')}</h2>
      <p className="muted">{t('data.copy-text')}</p>
      {!isProblem(problem, 'proof-given-up') && <ProblemNotice problem={problem} attempt={attempt} />}
      {isAsked && (
        <Notice tone="success" title={t('data.asked-title')} live>
          {t('data.asked')}
        </Notice>
      )}
      <div>
        <Button
          look="primary"
          icon="download"
          busy={busy}
          unavailable={waitSeconds > 0 || view.heldUntil !== null}
          onClick={ask}
        >
          {t('data.ask')}
        </Button>
      </div>
      {view.exports.length > 0 && <Requests exports={view.exports} />}
      <RequestId problem={problem} />
    </section>
  );
}

const LOOKS = {
  waiting: { tone: 'neutral', icon: 'clock' },
  ready: { tone: 'success', icon: 'mail' },
  fetched: { tone: 'success', icon: 'check' },
  expired: { tone: 'neutral', icon: 'close' },
} as const satisfies Record<PrivacyView['exports'][number]['state'], object>;

function Requests({ exports }: Pick<PrivacyView, 'exports'>): ReactElement {
  const { t } = useTranslation('data');
  return (
    <>
      <h3>{t('data.requests')}</h3>
      <ul className="items">
        {exports.map(({ id, state, requestedAt }) => (
          <li className="item" key={id}>
            <When iso={requestedAt} />
            <Badge {...LOOKS[state]}>{t(`data.state-${state}`)}</Badge>
          </li>
        ))}
      </ul>
    </>
  );
}

function Erase({ view }: { view: PrivacyView }): ReactElement {
  const { t } = useTranslation('data');
  const [isAsked, setIsAsked] = useState(false);
  return (
    <section className="card">
      <h2>{t('data.erase')}</h2>
      <p className="muted">{t('data.erase-text', { count: view.cancelDays })}</p>
      <h3>{t('data.kept')}</h3>
      <Kept retained={view.retained} />
      {view.identity === 'held' ? (
        <Notice title={t('data.identity-first-title')}>
          <p>{t('data.identity-first')}</p>
          <div>
            <Link className={buttonClass('secondary', { small: true })} to="/selfcare">
              {t('data.identity-first-go')}
            </Link>
          </div>
        </Notice>
      ) : (
        <Button
          look="danger-quiet"
          icon="trash"
          className="button--start"
          unavailable={view.heldUntil !== null}
          onClick={() => setIsAsked(true)}
        >
          {t('data.erase-ask')}
        </Button>
      )}
      {isAsked && <EraseDialog onClose={() => setIsAsked(false)} />}
    </section>
  );
}

function Kept({ retained }: Pick<PrivacyView, 'retained'>): ReactElement {
  const { t } = useTranslation('data');
  return (
    <>
      <ul className="notice-list">
        <li>{t('data.kept-hash')}</li>
        {retained.map(({ kind, until }) => (
          <li key={kind}>
            {t(`data.kept-${kind}`)} <Day iso={until.slice(0, 10)} />.
          </li>
        ))}
      </ul>
      {retained.length > 0 && <p className="muted small">{t('data.kept-why')}</p>}
    </>
  );
}

function EraseDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation('data');
  const withProof = useStepUp();
  const erase = async (): Promise<void> => {
    await withProof(requestErasure);
    leaveAccount('/signed-out');
  };
  return (
    <ConfirmDialog
      title={t('data.erase-title')}
      action={t('data.erase-ask')}
      onConfirm={erase}
      onClose={onClose}
    >
      <ul className="notice-list">
        <li>{t('data.erase-closed')}</li>
        <li>{t('data.erase-signin')}</li>
        <li>{t('data.erase-cancel')}</li>
        <li>{t('data.erase-gone')}</li>
      </ul>
    </ConfirmDialog>
  );
}
