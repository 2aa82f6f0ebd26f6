import { Button, SelectField, TextField } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryServiceView } from '../../../api/contract.ts';
import { useServiceName } from './access-words.ts';
import { type Filters, isOutOfOrder, useFilters } from './use-filters.ts';

/** By day, outcome and service; they stay in the address. */
export function HistoryFilters({ services }: { services: HistoryServiceView[] }): ReactElement {
  const { t } = useTranslation('history');
  const nameOf = useServiceName();
  const { filters, isFiltered, change } = useFilters();
  const all = { value: '', label: t('history.filter-all') };
  const outcomes: { value: Filters['outcome']; label: string }[] = [
    { value: '', label: t('history.filter-all') },
    { value: 'success', label: t('history.outcomes-success') },
    { value: 'failure', label: t('history.outcomes-failure') },
  ];
  const named = services.map((one) => ({ value: one.id, label: nameOf(one) }));
  return (
    // On paper the chosen ones say what is left out; fields that choose nothing say nothing.
    <search className={isFiltered ? 'filters' : 'filters no-print'} aria-label={t('history.filters')}>
      <TextField
        type="date"
        label={t('history.filter-from')}
        value={filters.from}
        error={isOutOfOrder(filters) ? t('history.filter-order') : undefined}
        onChange={(from) => change({ from })}
      />
      <TextField
        type="date"
        label={t('history.filter-to')}
        value={filters.to}
        onChange={(to) => change({ to })}
      />
      <SelectField
        label={t('history.filter-outcome')}
        value={filters.outcome}
        options={outcomes}
        onChange={(outcome) => change({ outcome })}
      />
      <SelectField
        label={t('history.filter-service')}
        value={filters.service}
        options={[all, ...named.toSorted((one, other) => one.label.localeCompare(other.label))]}
        onChange={(service) => change({ service })}
      />
      {isFiltered && (
        <Button look="quiet" small onClick={() => change({ from: '', to: '', outcome: '', service: '' })}>
          {t('history.filter-clear')}
        </Button>
      )}
    </search>
  );
}
