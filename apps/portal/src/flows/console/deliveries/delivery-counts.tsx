import { type Bar, BarChart, nowMs, readersLocale } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../../area/loaded.tsx';
import { hourBars } from '../hour-bars.ts';
import { countDeliveries, type HourCount } from './deliveries.api.ts';
import { stateTone } from './delivery-words.ts';

const HOURS = 24;

/** How many messages there were in each hour of the last day, and how many went wrong. */
export function DeliveryCounts(): ReactElement {
  const { t, i18n } = useTranslation('deliveries');
  const counts = useQuery({ queryKey: ['delivery-counts'], queryFn: () => countDeliveries(HOURS) });
  const locale = readersLocale(i18n.language);
  return (
    <section className="card">
      <h2>{t('deliveries.by-hour')}</h2>
      <Loaded query={counts}>
        {(found) => (
          <BarChart
            label={t('deliveries.by-hour')}
            series={[
              { name: t('deliveries.went-well'), tone: 'brand' },
              { name: t('deliveries.under-way'), tone: 'muted' },
              { name: t('deliveries.went-wrong'), tone: 'danger' },
            ]}
            bars={barsOf(found, locale)}
            format={(value) => new Intl.NumberFormat(locale).format(value)}
          />
        )}
      </Loaded>
    </section>
  );
}

function barsOf(counts: readonly HourCount[], locale: string): Bar[] {
  const sumOf = (iso: string, tone: ReturnType<typeof stateTone>): number =>
    counts
      .filter(({ hour, state }) => hour === iso && stateTone(state) === tone)
      .reduce((total, { count }) => total + count, 0);
  return hourBars(HOURS, nowMs(), locale, (iso) =>
    (['success', 'neutral', 'warning'] as const).map((tone) => sumOf(iso, tone)),
  );
}
