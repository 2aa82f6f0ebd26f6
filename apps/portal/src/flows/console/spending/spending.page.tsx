import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../../app/page.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { PrefixCard } from './prefix-card.tsx';
import { readSpending, type SpendingView } from './spending.api.ts';
import { SpendingChart } from './spending-chart.tsx';
import { StoppedCard } from './stopped-card.tsx';
import { useMoney } from './use-money.ts';

/** A week, so that days can be compared. */
const HOURS = 7 * 24;

/** What SMS cost against what they may, and the prefixes to which codes go in vain. */
export function SpendingPage(): ReactElement {
  const { t } = useTranslation('spending');
  const spending = useQuery({ queryKey: ['spending'], queryFn: () => readSpending(HOURS) });
  return (
    <Page title={t('spending.title')} lead={t('spending.lead')}>
      <Loaded query={spending}>
        {(data) => (
          <>
            <NowCard spending={data} />
            <StoppedCard stopped={data.stopped} />
            <SpendingChart spending={data} />
            <PrefixCard spending={data} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function NowCard({ spending }: { spending: SpendingView }): ReactElement {
  const { t } = useTranslation('spending');
  const money = useMoney(spending.currency);
  const spentOver = (hours: number): number =>
    spending.hours.slice(-hours).reduce((total, { spent }) => total + spent, 0);
  return (
    <section className="card">
      <h2>{t('spending.now')}</h2>
      <dl className="facts">
        <div>
          <dt>{t('spending.this-hour')}</dt>
          <dd>{t('spending.of', { spent: money(spentOver(1)), budget: money(spending.hourlyBudget) })}</dd>
        </div>
        <div>
          <dt>{t('spending.last-day')}</dt>
          <dd>{money(spentOver(24))}</dd>
        </div>
        <div>
          <dt>{t('spending.last-week')}</dt>
          <dd>{money(spentOver(HOURS))}</dd>
        </div>
      </dl>
    </section>
  );
}
