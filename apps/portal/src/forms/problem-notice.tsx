import {
  CopyButton,
  Countdown,
  ErrorSummary,
  type FieldError,
  readersLocale,
  useSecondsLeft,
} from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../api/api-problem.ts';
import { problemText } from './problem-text.ts';

interface ProblemNoticeProps {
  problem: ApiProblem | undefined;
  errors?: readonly FieldError[];
  attempt: number;
  /** In the place of what is said of this problem everywhere. */
  text?: string | undefined;
}

/** Nobody watches a countdown for longer. */
const LONG_SECONDS = 15 * 60;

/** What went wrong, on top of what failed: fields to mend, or the problem in words with the time to wait. */
export function ProblemNotice(props: ProblemNoticeProps): ReactElement | null {
  const { problem, errors = [], attempt, text } = props;
  const { t } = useTranslation('problems');
  if (attempt === 0 || (!problem && errors.length === 0)) return null;
  if (errors.length > 0) {
    const title = t('problems.check-fields', { count: errors.length });
    return <ErrorSummary title={title} errors={errors} attempt={attempt} />;
  }
  return (
    <ErrorSummary title={text ?? (problem ? problemText(t, problem) : '')} attempt={attempt}>
      {problem?.retryAtMs && <TryAgain atMs={problem.retryAtMs} />}
    </ErrorSummary>
  );
}

/** When the next try is taken: a countdown, or the time of day where that is far off. */
function TryAgain({ atMs }: { atMs: number }): ReactElement {
  const { t, i18n } = useTranslation('problems');
  const secondsLeft = useSecondsLeft(atMs);
  if (secondsLeft === 0) return <p>{t('problems.try-again-now')}</p>;
  if (secondsLeft > LONG_SECONDS) {
    const at = wholeMinute(atMs);
    const format = new Intl.DateTimeFormat(readersLocale(i18n.language), { timeStyle: 'short' });
    const isToday = at.toDateString() === new Date().toDateString();
    const when = isToday ? 'problems.try-again-today' : 'problems.try-again-tomorrow';
    return <p>{t(when, { time: format.format(at) })}</p>;
  }
  return (
    <p>
      {t('problems.try-again-in')} <Countdown seconds={secondsLeft} />
    </p>
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

/** The full minute that follows, as people say it; the server counts in seconds, and this clock may be a little off. */
function wholeMinute(ms: number): Date {
  return new Date(Math.ceil((ms - 5_000) / 60_000) * 60_000);
}
