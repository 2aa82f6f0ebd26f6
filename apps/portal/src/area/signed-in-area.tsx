import { Waiting } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { queryString } from '../api/query-string.ts';
import { ProblemPage } from '../app/problem-page.tsx';
import { useSession } from '../app/session.ts';
import { StepUpProvider } from '../step-up/step-up.tsx';
import { AreaNav, type Place } from './area-nav.tsx';

interface SignedInAreaProps {
  /** Names the file of texts and their prefix. */
  area: string;
  places: readonly Place[];
  /** The routes of the area. */
  children: ReactNode;
}

/** An area for the signed-in holder only, whose pages may ask for a fresh proof. */
export function SignedInArea({ area, places, children }: SignedInAreaProps): ReactElement {
  const { t } = useTranslation('shell');
  const session = useSession();
  const { pathname, search } = useLocation();

  if (session.error) return <ProblemPage error={session.error} retry={() => session.refetch()} />;
  if (!session.data) return <Waiting>{t('shell.loading')}</Waiting>;
  if (!session.data.signedIn) {
    return <Navigate to={`/sign-in${queryString({ returnTo: pathname + search })}`} replace />;
  }
  return (
    <StepUpProvider>
      <div className="account">
        <AreaNav area={area} places={places} />
        {children}
      </div>
    </StepUpProvider>
  );
}
