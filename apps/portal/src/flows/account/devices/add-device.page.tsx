import { Icon, Waiting } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import { ProblemPage } from '../../../app/problem-page.tsx';
import { SignInAgain } from '../../../area/sign-in-again.tsx';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { startPairing } from './devices.api.ts';
import { PairDevice } from './pair-device.tsx';

/** Links one more app by a code on this page; a fresh proof comes first (QR-5). */
export function AddDevicePage(): ReactElement {
  const { t } = useTranslation('devices');
  const withProof = useStepUp();
  const begun = useQuery({
    queryKey: ['pairing'],
    queryFn: () => withProof(startPairing),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });

  if (isProblem(begun.error, 'proof-given-up', 'proof-refused'))
    return <Navigate to="/account/devices" replace />;
  if (isProblem(begun.error, 'sign-in-needed')) return <SignInAgain />;
  if (begun.error) return <ProblemPage error={begun.error} retry={() => begun.refetch()} />;
  if (!begun.data) return <Waiting>{t('shell.loading')}</Waiting>;
  return (
    <div className="account-page account-page--task">
      <Link className="quiet-link back-link" to="/account/devices">
        <Icon name="arrow-left" small />
        {t('devices.title')}
      </Link>
      <PairDevice key={begun.data.id} pairing={begun.data} onAgain={() => begun.refetch()} />
    </div>
  );
}
