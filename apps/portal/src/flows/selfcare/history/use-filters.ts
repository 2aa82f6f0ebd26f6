import { useSearchParams } from 'react-router';
import type { HistoryWish } from './history.api.ts';

/** As the address has them; days are `YYYY-MM-DD`, empty for all. */
export interface Filters {
  from: string;
  to: string;
  outcome: '' | 'success' | 'failure';
  service: string;
}

const NAMES = ['from', 'to', 'outcome', 'service'] as const;

/** The filters in the address, so that a page can be kept, shared and gone back to. */
export function useFilters(): {
  filters: Filters;
  isFiltered: boolean;
  change: (changed: Partial<Filters>) => void;
} {
  const [params, setParams] = useSearchParams();
  const outcome = params.get('outcome');
  const filters: Filters = {
    from: dayIn(params.get('from')),
    to: dayIn(params.get('to')),
    outcome: outcome === 'success' || outcome === 'failure' ? outcome : '',
    service: params.get('service') ?? '',
  };
  const change = (changed: Partial<Filters>): void => {
    const next = { ...filters, ...changed };
    setParams(
      NAMES.flatMap((name): [string, string][] => (next[name] ? [[name, next[name]]] : [])),
      { replace: true, preventScrollReset: true },
    );
  };
  return { filters, isFiltered: NAMES.some((name) => filters[name] !== ''), change };
}

const dayIn = (text: string | null): string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : '';

/** The first day comes after the last one. */
export const isOutOfOrder = ({ from, to }: Filters): boolean => from !== '' && to !== '' && from > to;

/** What the server is asked: days of the reader's own calendar, the last one whole. */
export function wishOf({ from, to, outcome, service }: Filters): HistoryWish {
  return {
    from: midnight(from, 0),
    to: midnight(to, 1),
    outcome: outcome || undefined,
    service: service || undefined,
  };
}

function midnight(day: string, daysLater: number): string | undefined {
  if (day === '') return undefined;
  const moment = new Date(`${day}T00:00`);
  moment.setDate(moment.getDate() + daysLater);
  return moment.toISOString();
}
