import { Waiting } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import type { CeremonyView } from '../../../api/contract.ts';
import { ProblemPage } from '../../../app/problem-page.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { SignInAgain } from '../../../area/sign-in-again.tsx';
import { CeremonyUntilDone } from '../../../ceremony/ceremony-until-done.tsx';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { BackLink } from '../back-link.tsx';
import { refreshAccount, useAccount } from '../use-account.ts';
import { beginVerification, type ContactKind, finishVerification } from './contacts.api.ts';

/** A code to the contact, which is confirmed by it. */
export function VerifyContactPage({ kind }: { kind: ContactKind }): ReactElement {
  const { t } = useTranslation('contacts');
  const account = useAccount();
  return (
    <div className="account-page account-page--task">
      <BackLink to="/account">{t('contacts.back')}</BackLink>
      <Loaded query={account}>
        {({ contacts }) => {
          const contact = contacts.find((one) => one.kind === kind && !one.verified);
          return contact ? <Begin contact={contact.id} /> : <Navigate to="/account" replace />;
        }}
      </Loaded>
    </div>
  );
}

function Begin({ contact }: { contact: string }): ReactElement {
  const { t } = useTranslation('contacts');
  const withProof = useStepUp();
  const navigate = useNavigate();
  const finish = async ({ id }: CeremonyView): Promise<void> => {
    await finishVerification(id);
    await refreshAccount();
  };
  const begun = useQuery({
    queryKey: ['verify-contact', contact],
    queryFn: () => withProof(() => beginVerification(contact)),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  if (isProblem(begun.error, 'proof-given-up')) return <Navigate to="/account" replace />;
  if (isProblem(begun.error, 'sign-in-needed')) return <SignInAgain />;
  if (begun.error) return <ProblemPage error={begun.error} retry={() => begun.refetch()} />;
  if (!begun.data) return <Waiting>{t('shell.loading')}</Waiting>;
  return (
    <CeremonyUntilDone
      key={begun.data.id}
      first={begun.data}
      finish={finish}
      onRefused={() => void navigate('/account')}
      onGone={() => void begun.refetch()}
    />
  );
}
