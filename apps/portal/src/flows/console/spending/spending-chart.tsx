import { type Bar, BarChart, nowMs, readersLocale, SelectField } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hourBars } from '../hour-bars.ts';
import type { SpendingView } from './spending.api.ts';
import { useMoney } from './use-money.ts';

const DAY_HOURS = 24;

/** What each hour of a day has cost, or each day of a week. */
export function SpendingChart({ spending }: { spending: SpendingView }): ReactElement {
  const { t, i18n } = useTranslation('spending');
  const [by, setBy] = useState<'hour' | 'day'>('hour');
  const money = useMoney(spending.currency);
  const locale = readersLocale(i18n.language);
  const isByHour = by === 'hour';
  return (
    <section className="card">
      <h2>{t('spending.plot')}</h2>
      <div className="form">
        <SelectField<'hour' | 'day'>
          label={t('spending.by')}
          value={by}
          options={[
            { value: 'hour', label: t('spending.by-hour') },
            { value: 'day', label: t('spending.by-day') },
          ]}
          onChange={setBy}
        />
      </div>
      <BarChart
        label={t(`spending.by-${by}`)}
        series={[{ name: t('spending.spent'), tone: 'brand' }]}
        bars={isByHour ? hoursOf(spending, locale) : daysOf(spending, locale)}
        format={money}
        {...(isByHour && { limit: { value: spending.hourlyBudget, name: t('spending.hourly-budget') } })}
      />
    </section>
  );
}

function hoursOf({ hours }: SpendingView, locale: string): Bar[] {
  const spent = new Map(hours.map((one) => [one.hour, one.spent]));
  return hourBars(DAY_HOURS, nowMs(), locale, (iso) => [spent.get(iso) ?? 0]);
}

function daysOf({ hours }: SpendingView, locale: string): Bar[] {
  const short = new Intl.DateTimeFormat(locale, { weekday: 'short' });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full' });
  const days = Map.groupBy(hours, ({ hour }) => full.format(new Date(hour)));
  return [...days].map(([title, own]) => ({
    title,
    label: short.format(new Date(own[0]?.hour ?? 0)),
    values: [own.reduce((total, { spent }) => total + spent, 0)],
  }));
}
