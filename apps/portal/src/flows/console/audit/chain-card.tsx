import { Button, Notice, When } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../../area/loaded.tsx';
import { ProblemNotice } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { type AuditCheck, type AuditState, checkAudit, readAuditState } from './audit.api.ts';

const POLL_MS = 1_500;

const isRunning = (check: AuditCheck | null | undefined): boolean =>
  check !== null && check !== undefined && check.finishedAt === null && !check.isStuck;

/** Where the chain of blocks stands, and what came of computing all of it again. */
export function ChainCard(): ReactElement {
  const { t } = useTranslation('audit');
  const state = useQuery({
    queryKey: ['audit-state'],
    queryFn: readAuditState,
    refetchInterval: ({ state: { data } }) => (isRunning(data?.check) ? POLL_MS : false),
  });
  const { run, busy, problem, attempt } = useAction();
  const check = (): Promise<boolean> =>
    run(async () => {
      await checkAudit();
      await state.refetch();
    });
  const isUnderWay = isRunning(state.data?.check);
  return (
    <section className="card">
      <h2>{t('audit.chain')}</h2>
      <Loaded query={state}>
        {(data) => (
          <>
            <ChainFacts state={data} />
            {data.check && <CheckResult check={data.check} />}
          </>
        )}
      </Loaded>
      <ProblemNotice problem={problem} attempt={attempt} />
      <div>
        <Button icon="shield" busy={busy || isUnderWay} onClick={() => void check()}>
          {t('audit.check')}
        </Button>
      </div>
    </section>
  );
}

function ChainFacts({ state }: { state: AuditState }): ReactElement {
  const { t } = useTranslation('audit');
  const { block, records, sealedAt, pending, published, discontinuities } = state;
  return (
    <dl className="facts">
      <div>
        <dt>{t('audit.last-block')}</dt>
        <dd>
          {t('audit.block-of', { block, records })}
          {sealedAt && (
            <>
              {' · '}
              <When iso={sealedAt} />
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('audit.published')}</dt>
        <dd>
          {published
            ? t('audit.block-of', { block: published.block, records: published.records })
            : t('audit.not-published')}
        </dd>
      </div>
      <div>
        <dt>{t('audit.pending')}</dt>
        <dd>{pending}</dd>
      </div>
      <div>
        <dt>{t('audit.discontinuities')}</dt>
        <dd>
          {discontinuities.length === 0
            ? t('audit.no-discontinuities')
            : discontinuities.map(({ block: number, at }) => (
                <span key={number} className="stack">
                  {t('audit.discontinuity', { block: number })} <When iso={at} />
                </span>
              ))}
        </dd>
      </div>
    </dl>
  );
}

/** In words, and with what is wrong where something is. */
function CheckResult({ check }: { check: AuditCheck }): ReactElement {
  const { t } = useTranslation('audit');
  const { outcome, startedAt, blocks, blocksInAll, isStuck } = check;
  if (!outcome)
    return isStuck ? (
      <Notice tone="warning">{t('audit.stuck')}</Notice>
    ) : (
      <div className="stack" role="status">
        <p>{t('audit.under-way', { blocks, of: blocksInAll })}</p>
        <progress value={blocks} max={Math.max(1, blocksInAll)} aria-label={t('audit.check')} />
      </div>
    );
  if (outcome.kind === 'failed') return <Notice tone="warning">{t('audit.failed')}</Notice>;
  const isGood = outcome.faultsInAll === 0;
  return (
    <Notice
      tone={isGood ? 'success' : 'danger'}
      title={isGood ? t('audit.good') : t('audit.faults', { count: outcome.faultsInAll })}
      live
    >
      <p>
        {t('audit.checked', { blocks: outcome.blocks, records: outcome.records })} <When iso={startedAt} />
      </p>
      {outcome.lost.map(({ from, to }) => (
        <p key={from}>{t('audit.lost', { from, to })}</p>
      ))}
      {!isGood && (
        <ul>
          {outcome.faults.slice(0, 20).map((fault) => (
            <li key={`${fault.kind} ${fault.block} ${fault.rows?.[0]}`}>
              {t(`audit.fault-${fault.kind}`)}{' '}
              {fault.block !== undefined && t('audit.in-block', { block: fault.block })}{' '}
              <code>{fault.rows?.slice(0, 3).join(', ')}</code>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
