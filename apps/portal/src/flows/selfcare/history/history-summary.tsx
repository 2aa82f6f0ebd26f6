import { BarChart, readersLocale, When } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistorySummaryView } from '../../../api/contract.ts';

/** How often, when last, and how the months compare. */
export function HistorySummary({ summary }: { summary: HistorySummaryView }): ReactElement {
  const { t, i18n } = useTranslation('history');
  const count = new Intl.NumberFormat(readersLocale(i18n.language));
  const { successes, failures, lastAccessAt } = summary;
  return (
    <section className="card">
      <dl className="figures">
        <div>
          <dt>{t('history.total')}</dt>
          <dd>{count.format(successes)}</dd>
        </div>
        <div>
          <dt>{t('history.total-failures')}</dt>
          <dd>{count.format(failures)}</dd>
        </div>
        <div>
          <dt>{t('history.last-access')}</dt>
          <dd>{lastAccessAt ? <When iso={lastAccessAt} /> : t('history.last-none')}</dd>
        </div>
      </dl>
      {successes + failures > 0 && <Months summary={summary} format={count.format} />}
    </section>
  );
}

/** A year. */
const SHOWN = 12;

function Months({ summary, format }: { summary: HistorySummaryView; format: (value: number) => string }) {
  const { t, i18n } = useTranslation('history');
  const locale = readersLocale(i18n.language);
  const short = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  const long = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const bars = everyMonth(summary.months).map(({ month, successes, failures }) => {
    const moment = new Date(`${month}-01T00:00:00Z`);
    return { label: short.format(moment), title: long.format(moment), values: [successes, failures] };
  });
  return (
    <>
      <h2>{t('history.chart')}</h2>
      <BarChart
        label={t('history.chart-text')}
        series={[
          { name: t('history.outcomes-success'), tone: 'brand' },
          { name: t('history.outcomes-failure'), tone: 'danger' },
        ]}
        bars={bars}
        format={format}
      />
    </>
  );
}

type Month = HistorySummaryView['months'][number];

/** The months up to the newest, also those in which nothing was. */
function everyMonth(months: readonly Month[]): Month[] {
  const known = new Map(months.map((one) => [one.month, one]));
  const newest = months.at(-1);
  if (!newest) return [];
  const first = new Date(`${newest.month}-01T00:00:00Z`);
  return Array.from({ length: SHOWN }, (_, nth) => {
    const moment = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() - SHOWN + 1 + nth));
    const month = moment.toISOString().slice(0, 7);
    return known.get(month) ?? { month, successes: 0, failures: 0 };
  });
}
