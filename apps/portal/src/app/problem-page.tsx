import { Button, Outcome } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/api-problem.ts';
import { RequestId } from '../forms/problem-notice.tsx';
import { problemText } from '../forms/problem-text.ts';
import { Task } from './task.tsx';

interface ProblemPageProps {
  error: unknown;
  /** Asks again, when that may help. */
  retry?: () => void;
  children?: ReactNode;
}

/**
 * A page that could not be shown, in plain words.
 *
 * @throws what is no problem of the server, for the error boundary
 */
export function ProblemPage({ error, retry, children }: ProblemPageProps): ReactElement {
  const { t } = useTranslation('problems');
  if (!(error instanceof ApiProblem)) throw error;
  return (
    <Task
      title={t('problems.page-title')}
      lead={problemText(t, error)}
      before={<Outcome tone="warning" icon="warning" />}
    >
      <div className="actions">
        {retry && (
          <Button look="primary" wide icon="refresh" onClick={retry}>
            {t('problems.try-again')}
          </Button>
        )}
        {children}
      </div>
      <RequestId problem={error} />
    </Task>
  );
}
