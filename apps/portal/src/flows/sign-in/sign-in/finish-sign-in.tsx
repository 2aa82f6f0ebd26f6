import { Waiting } from '@sigillo/ui';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { lazy, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import type { CeremonyView } from '../../../api/contract.ts';
import { InteractionGone } from '../../../app/interaction-gone.tsx';
import { Leave } from '../../../app/leave.tsx';
import { ProblemPage } from '../../../app/problem-page.tsx';
import { refreshSession } from '../../../app/session.ts';
import { useLocalName } from '../../../app/use-local-name.ts';
import { finishSignIn } from './sign-in.api.ts';

const OfferRecoveryCodes = lazy(() => import('./offer-recovery-codes.tsx'));

interface FinishSignInProps {
  /** What was proven; nothing when the session that is open already is enough. */
  ceremony: CeremonyView | null;
  setUp: boolean;
}

/** Opens the session, or takes the one there is, and goes on; after a set-up, recovery codes are offered first. */
export function FinishSignIn({ ceremony, setUp }: FinishSignInProps): ReactElement {
  const { t } = useTranslation('sign-in');
  const localName = useLocalName();
  const [offered, setOffered] = useState(false);
  const finish = useFinish(ceremony);
  const relyingParty = ceremony?.relyingParty ?? null;

  if (isProblem(finish.error, 'interaction-gone')) return <InteractionGone problem={finish.error} />;
  if (finish.error) return <ProblemPage error={finish.error} retry={() => finish.refetch()} />;
  if (!finish.data) return <Waiting>{t('sign-in.finishing')}</Waiting>;
  if (setUp && !offered) {
    return <OfferRecoveryCodes relyingParty={relyingParty} onDone={() => setOffered(true)} />;
  }
  return <Leave to={finish.data} name={relyingParty ? localName(relyingParty.name) : undefined} />;
}

/** Finishes once for each ceremony, however often the page is drawn; the answer says where to go. */
function useFinish(ceremony: CeremonyView | null): UseQueryResult<string> {
  const [params] = useSearchParams();
  const interaction = params.get('interaction');
  const returnTo = params.get('returnTo');
  return useQuery({
    queryKey: ['finish-sign-in', ceremony?.id ?? interaction],
    queryFn: async () => {
      const redirectTo = await finishSignIn({
        ...(ceremony && { ceremony: ceremony.id }),
        ...(interaction && { interaction }),
        ...(returnTo && { returnTo }),
      });
      await refreshSession();
      return redirectTo;
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
