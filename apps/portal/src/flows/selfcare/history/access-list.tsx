import { Button, EmptyState, Notice, Waiting } from '@sigillo/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, isProblem } from '../../../api/api-problem.ts';
import type { AccessEntry } from '../../../api/contract.ts';
import { SignInAgain } from '../../../area/sign-in-again.tsx';
import { problemText } from '../../../forms/problem-text.ts';
import { AccessRow } from './access-row.tsx';
import { readHistory } from './history.api.ts';
import { NotMeDialog } from './not-me-dialog.tsx';
import { isOutOfOrder, useFilters, wishOf } from './use-filters.ts';

function useAccesses() {
  const { filters } = useFilters();
  return useInfiniteQuery({
    queryKey: ['access-history', filters],
    queryFn: ({ pageParam }) => readHistory(wishOf(filters), pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    enabled: !isOutOfOrder(filters),
  });
}

/** The accesses that the filters let through, the newest first. */
export function AccessList(): ReactElement {
  const { t } = useTranslation(['history', 'problems']);
  const { isFiltered } = useFilters();
  const query = useAccesses();
  const accesses = query.data?.pages.flatMap((page) => page.accesses) ?? [];

  if (query.error && isProblem(query.error, 'sign-in-needed')) return <SignInAgain />;
  if (query.error instanceof ApiProblem)
    return (
      <Notice tone="danger" live>
        {problemText(t, query.error)}
      </Notice>
    );
  if (query.isLoading) return <Waiting>{t('shell.loading')}</Waiting>;
  if (accesses.length === 0)
    return <EmptyState icon="clock">{t(isFiltered ? 'history.empty-filtered' : 'history.empty')}</EmptyState>;
  return (
    <>
      <AccessTable accesses={accesses} />
      {query.hasNextPage ? (
        <div>
          <Button busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            {t('history.more')}
          </Button>
        </div>
      ) : (
        <p className="muted small">{t('history.earlier-end')}</p>
      )}
    </>
  );
}

const COLUMNS = ['when', 'what', 'outcome', 'method', 'place'] as const;

function AccessTable({ accesses }: { accesses: AccessEntry[] }): ReactElement {
  const { t } = useTranslation('history');
  const [notMine, setNotMine] = useState<AccessEntry>();
  return (
    <>
      <table className="access-table">
        <caption className="visually-hidden">{t('history.list')}</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`history.column-${column}`)}
              </th>
            ))}
            <th>
              <span className="visually-hidden">{t('history.not-me')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {accesses.map((access) => (
            <AccessRow key={access.id} access={access} onNotMine={() => setNotMine(access)} />
          ))}
        </tbody>
      </table>
      {notMine && <NotMeDialog access={notMine} onClose={() => setNotMine(undefined)} />}
    </>
  );
}
