import { Button, Notice, Waiting } from '@sigillo/ui';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, isProblem } from '../api/api-problem.ts';
import { RequestId } from '../forms/problem-notice.tsx';
import { problemText } from '../forms/problem-text.ts';
import { OperatorNeeded } from './operator-needed.tsx';
import { SignInAgain } from './sign-in-again.tsx';

interface LoadedProps<Data> {
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactElement;
}

/** A part of a page once its data is there; while waiting and when it fails, says so. */
export function Loaded<Data>({ query, children }: LoadedProps<Data>): ReactElement {
  const { t } = useTranslation('problems');
  if (query.data !== undefined) return children(query.data);
  if (!query.error) return <Waiting>{t('shell.loading')}</Waiting>;
  if (!(query.error instanceof ApiProblem)) throw query.error;
  if (isProblem(query.error, 'sign-in-needed')) return <SignInAgain />;
  if (isProblem(query.error, 'operator-needed')) return <OperatorNeeded />;
  return (
    <div className="stack">
      <Notice tone="danger" live>
        {problemText(t, query.error)}
      </Notice>
      <div>
        <Button icon="refresh" onClick={() => query.refetch()}>
          {t('problems.try-again')}
        </Button>
      </div>
      <RequestId problem={query.error} />
    </div>
  );
}
