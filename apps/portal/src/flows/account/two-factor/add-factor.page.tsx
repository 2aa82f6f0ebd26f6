import { Icon, Waiting } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import type { CeremonyView } from '../../../api/contract.ts';
import { ProblemPage } from '../../../app/problem-page.tsx';
import { SignInAgain } from '../../../area/sign-in-again.tsx';
import { SetUpWizard } from '../../../ceremony/set-up/set-up-wizard.tsx';
import { finishStepUp } from '../../../step-up/step-up.api.ts';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { refreshAccount } from '../use-account.ts';
import { addAuthenticator } from './two-factor.api.ts';

/** Sets up one more second factor, with the same wizard as at the first sign-in. */
export function AddFactorPage(): ReactElement {
  const { t } = useTranslation('two-factor');
  const withProof = useStepUp();
  const begun = useQuery({
    queryKey: ['add-authenticator'],
    queryFn: () => withProof(addAuthenticator),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });

  if (isProblem(begun.error, 'proof-given-up')) return <Navigate to="/account/two-factor" replace />;
  if (isProblem(begun.error, 'sign-in-needed')) return <SignInAgain />;
  if (begun.error) return <ProblemPage error={begun.error} retry={() => begun.refetch()} />;
  if (!begun.data) return <Waiting>{t('shell.loading')}</Waiting>;
  return (
    <div className="account-page account-page--task">
      <Link className="quiet-link back-link" to="/account/two-factor">
        <Icon name="arrow-left" small />
        {t('two-factor.title')}
      </Link>
      <Wizard first={begun.data} />
    </div>
  );
}

function Wizard({ first }: { first: CeremonyView }): ReactElement {
  const navigate = useNavigate();
  const [ceremony, setCeremony] = useState(first);
  const finish = async (): Promise<void> => {
    await finishStepUp(ceremony.id);
    await refreshAccount();
    await navigate('/account/two-factor', { state: 'added' });
  };
  return <SetUpWizard ceremony={ceremony} onChange={setCeremony} onDone={finish} />;
}
