import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../../app/page.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { AccessList } from './access-list.tsx';
import { ExportBox } from './export-box.tsx';
import { getSummary } from './history.api.ts';
import { HistoryFilters } from './history-filters.tsx';
import { HistorySummary } from './history-summary.tsx';

/** Access history: how often the account was used, by what, and what failed. */
export function HistoryPage(): ReactElement {
  const { t } = useTranslation('history');
  const summary = useQuery({ queryKey: ['access-history', 'summary'], queryFn: getSummary });
  return (
    <Page title={t('history.title')} lead={t('history.lead')}>
      <Loaded query={summary}>
        {(told) => (
          <>
            <HistorySummary summary={told} />
            <section className="card">
              <h2>{t('history.list')}</h2>
              <HistoryFilters services={told.services} />
              <AccessList />
            </section>
            <ExportBox />
          </>
        )}
      </Loaded>
    </Page>
  );
}
