import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../forms/problem-notice.tsx';
import type { Action } from '../forms/use-action.ts';

interface SendProblemProps {
  action: Pick<Action, 'problem' | 'attempt'>;
  /** The holder has another way to confirm. */
  hasAnother: boolean;
}

/** Why no code was sent. */
export function SendProblem({ action, hasAnother }: SendProblemProps): ReactElement {
  const { t } = useTranslation('problems');
  const { problem, attempt } = action;
  const isOnlyWay = problem?.slug === 'sms-unavailable' && !hasAnother;
  const text = isOnlyWay ? t('problems.sms-unavailable-only') : undefined;
  return <ProblemNotice problem={problem} attempt={attempt} text={text} />;
}

/** No code can be sent for a while that is too long to wait for here. */
export function isUnavailable({ problem, waitSeconds }: Pick<Action, 'problem' | 'waitSeconds'>): boolean {
  return problem?.slug === 'sms-unavailable' && waitSeconds > 0;
}
