import { Waiting } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import type { ConsoleSessionView } from '../api/contract.ts';
import { queryString } from '../api/query-string.ts';
import { useConsoleSession } from '../app/console-session.ts';
import { ProblemPage } from '../app/problem-page.tsx';
import { StepUpProvider } from '../step-up/step-up.tsx';

export type SignedInOperator = NonNullable<ConsoleSessionView['operator']>;

/** An area for the signed-in operator only, whose decisions each ask for a proof of their own. */
export function OperatorArea({
  children,
}: {
  children: (operator: SignedInOperator) => ReactNode;
}): ReactElement {
  const { t } = useTranslation('shell');
  const session = useConsoleSession();
  const { pathname, search } = useLocation();

  if (session.error) return <ProblemPage error={session.error} retry={() => session.refetch()} />;
  if (!session.data) return <Waiting>{t('shell.loading')}</Waiting>;
  if (!session.data.operator)
    return <Navigate to={`/console/sign-in${queryString({ returnTo: pathname + search })}`} replace />;
  return (
    <StepUpProvider isConsole>
      <div className="account">{children(session.data.operator)}</div>
    </StepUpProvider>
  );
}
