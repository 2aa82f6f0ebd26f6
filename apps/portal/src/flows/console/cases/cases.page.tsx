import { Badge, buttonClass, EmptyState, Icon, SelectField, When } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Page } from '../../../app/page.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { type CaseList, listCases } from './cases.api.ts';

const STATES = ['open', 'accepted', 'refused', 'withdrawn'] as const;
const KINDS = [
  'document-review',
  'identity-request',
  'revocation-request',
  'abuse-report',
  'lift-request',
] as const;

/** The queue: open cases, the oldest first; decided ones by choice. */
export function CasesPage(): ReactElement {
  const { t } = useTranslation('cases');
  const [params, setParams] = useSearchParams();
  const state = STATES.find((one) => one === params.get('state')) ?? 'open';
  const kind = KINDS.find((one) => one === params.get('kind')) ?? null;
  const query = useQuery({
    queryKey: ['cases', state, kind],
    queryFn: () => listCases({ state, kind }),
    refetchInterval: 30_000,
  });
  const choose = (name: string, value: string): void => {
    const next = new URLSearchParams(params);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setParams(next, { replace: true });
  };
  const counted = (one: string): string => {
    const count = query.data?.counts.find((entry) => entry.kind === one)?.count ?? 0;
    return `${t(`cases.kind-${one}`)} (${count})`;
  };
  return (
    <Page title={t('cases.title')} lead={t('cases.lead')}>
      <div className="row">
        <Link className={buttonClass('secondary', { small: true })} to="/console/cases/new-identity">
          <Icon name="plus" />
          <span>{t('cases.new-identity')}</span>
        </Link>
        <Link className={buttonClass('secondary', { small: true })} to="/console/cases/new-revocation">
          <Icon name="plus" />
          <span>{t('cases.new-revocation')}</span>
        </Link>
        <Link className={buttonClass('secondary', { small: true })} to="/console/cases/new-report">
          <Icon name="plus" />
          <span>{t('cases.new-report')}</span>
        </Link>
      </div>
      <section className="card stack">
        <div className="row">
          <SelectField
            label={t('cases.state')}
            value={state as string}
            options={STATES.map((one) => ({ value: one, label: t(`cases.state-${one}`) }))}
            onChange={(value) => choose('state', value)}
          />
          <SelectField
            label={t('cases.kind')}
            value={(kind ?? '') as string}
            options={[
              { value: '', label: t('cases.every-kind') },
              ...KINDS.map((one) => ({ value: one as string, label: counted(one) })),
            ]}
            onChange={(value) => choose('kind', value)}
          />
        </div>
        <Loaded query={query}>{(data) => <Lines cases={data.cases} />}</Loaded>
      </section>
    </Page>
  );
}

function Lines({ cases }: { cases: CaseList['cases'] }): ReactElement {
  const { t } = useTranslation('cases');
  if (cases.length === 0) return <EmptyState icon="check">{t('cases.none')}</EmptyState>;
  return (
    <ul className="items items--cards">
      {cases.map(({ id, kind, state, createdAt, decidedAt, takenBy, waitsForSecond }) => (
        <li key={id} className="item">
          <span className="choice-icon">
            <Icon name={ICONS[kind]} />
          </span>
          <div>
            <p className="item-title">
              <Link to={`/console/cases/${id}`}>{t(`cases.kind-${kind}`)}</Link>
            </p>
            <p className="muted small">
              <When iso={decidedAt ?? createdAt} />
              {takenBy && <> · {t('cases.taken-by', { name: takenBy.name })}</>}
            </p>
          </div>
          <div className="item-actions">
            {waitsForSecond && <Badge tone="brand">{t('cases.second')}</Badge>}
            {state !== 'open' && <Badge>{t(`cases.state-${state}`)}</Badge>}
          </div>
        </li>
      ))}
    </ul>
  );
}

const ICONS = {
  'document-review': 'eye',
  'identity-request': 'user',
  'revocation-request': 'trash',
  'abuse-report': 'warning',
  'lift-request': 'lock',
} as const;
