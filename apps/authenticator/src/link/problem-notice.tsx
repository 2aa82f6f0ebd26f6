import { Countdown, ErrorSummary, useSecondsLeft } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import type { DeviceProblem } from '../linked/device-problem.ts';
import { useLinkTexts } from './use-link-texts.ts';

/** What happened and what to do, on top of a step. */
export function ProblemNotice(props: {
  problem: DeviceProblem | undefined;
  attempt: number;
}): ReactElement | null {
  const { problem, attempt } = props;
  return problem ? <Shown key={attempt} problem={problem} attempt={attempt} /> : null;
}

function Shown({ problem, attempt }: { problem: DeviceProblem; attempt: number }): ReactElement {
  const { t } = useLinkTexts();
  const wait = Number(problem.extension.retryAfterSeconds ?? 0);
  const [untilMs] = useState(() => (wait > 0 ? Date.now() + wait * 1000 : null));
  const seconds = useSecondsLeft(untilMs);
  return (
    <ErrorSummary title={problemWords(t, problem)} attempt={attempt}>
      {untilMs !== null && (
        <p>
          {seconds > 0 ? (
            <>
              {t('problems.try-again-in')} <Countdown seconds={seconds} />
            </>
          ) : (
            t('problems.try-again-now')
          )}
        </p>
      )}
    </ErrorSummary>
  );
}

/** A sentence for a problem: the app's own where it has one, else the portals'. */
function problemWords(t: ReturnType<typeof useLinkTexts>['t'], { slug, extension }: DeviceProblem): string {
  if (slug === 'code-rejected' && typeof extension.triesLeft === 'number')
    return t('problems.code-rejected-tries', { count: extension.triesLeft });
  return t([`linked.problem-${slug}`, `problems.${slug}`, 'problems.unexpected']);
}
