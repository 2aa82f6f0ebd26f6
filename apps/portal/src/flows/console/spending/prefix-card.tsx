import { EmptyState } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpendingView } from './spending.api.ts';
import { useMoney } from './use-money.ts';

const DAY_HOURS = 24;

/** What went to which prefix in a day, against what may in an hour. */
export function PrefixCard({ spending }: { spending: SpendingView }): ReactElement {
  const { t } = useTranslation('spending');
  const money = useMoney(spending.currency);
  const rows = rowsOf(spending);
  return (
    <section className="card">
      <h2>{t('spending.prefixes')}</h2>
      {rows.length === 0 ? (
        <EmptyState icon="message">{t('spending.nothing')}</EmptyState>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('spending.prefix')}</th>
              <th scope="col">{t('spending.this-hour')}</th>
              <th scope="col">{t('spending.last-day')}</th>
              <th scope="col">{t('spending.prefix-budget')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ prefix, hour, day, budget }) => (
              <tr key={prefix}>
                <th scope="row">{prefix}</th>
                <td data-name={t('spending.this-hour')}>{money(hour)}</td>
                <td data-name={t('spending.last-day')}>{money(day)}</td>
                <td data-name={t('spending.prefix-budget')}>{money(budget)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function rowsOf({ hours, prefixBudget, prefixBudgets }: SpendingView) {
  const day = hours.slice(-DAY_HOURS);
  const prefixes = new Set(day.flatMap(({ byPrefix }) => Object.keys(byPrefix)));
  const rows = [...prefixes].map((prefix) => ({
    prefix,
    hour: hours.at(-1)?.byPrefix[prefix] ?? 0,
    day: day.reduce((total, { byPrefix }) => total + (byPrefix[prefix] ?? 0), 0),
    budget: prefixBudgets[prefix] ?? prefixBudget,
  }));
  return rows.sort((one, other) => other.day - one.day);
}
