import { Outcome } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import type { ApiProblem } from '../api/api-problem.ts';
import { RequestId } from '../forms/problem-notice.tsx';
import { Task } from './task.tsx';

interface LinkOverProps {
  title: string;
  lead: string;
  problem: ApiProblem | undefined;
  /** How to get another link. */
  children: ReactNode;
}

/** A link from a mail that was used, has expired, or was copied in part. */
export function LinkOver({ title, lead, problem, children }: LinkOverProps): ReactElement {
  return (
    <Task title={title} lead={lead} before={<Outcome tone="neutral" icon="clock" />}>
      <div className="actions">{children}</div>
      <RequestId problem={problem} />
    </Task>
  );
}
