import { CopyButton, Countdown, ErrorSummary, type FieldError, useSecondsLeft } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../api/api-problem.ts';
import { problemText } from './problem-text.ts';

interface ProblemNoticeProps {
  problem: ApiProblem | undefined;
  errors?: readonly FieldError[];
  attempt: number;
}

/** What went wrong, on top of what failed: fields to mend, or the problem in words with the time to wait. */
export function ProblemNotice({ problem, errors = [], attempt }: ProblemNoticeProps): ReactElement | null {
  const { t } = useTranslation('problems');
  const secondsLeft = useSecondsLeft(problem?.retryAtMs ?? null);
  if (attempt === 0 || (!problem && errors.length === 0)) return null;
  if (errors.length > 0) {
    const title = t('problems.check-fields', { count: errors.length });
    return <ErrorSummary title={title} errors={errors} attempt={attempt} />;
  }
  return (
    <ErrorSummary title={problem ? problemText(t, problem) : ''} attempt={attempt}>
      {problem?.retryAtMs &&
        (secondsLeft > 0 ? (
          <p>
            {t('problems.try-again-in')} <Countdown seconds={secondsLeft} />
          </p>
        ) : (
          <p>{t('problems.try-again-now')}</p>
        ))}
    </ErrorSummary>
  );
}

/** Small, at the bottom, to be copied for support. */
export function RequestId({ problem }: { problem: ApiProblem | undefined }): ReactElement | null {
  const { t } = useTranslation('problems');
  if (!problem?.requestId) return null;
  return (
    <div className="request-id">
      <span>
        {t('problems.request-id')} <code>{problem.requestId}</code>
      </span>
      <CopyButton text={problem.requestId} label={t('problems.copy-request-id')} />
    </div>
  );
}
