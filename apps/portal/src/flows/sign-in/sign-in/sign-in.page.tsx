import { Waiting } from '@sigillo/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import type { CeremonyView } from '../../../api/contract.ts';
import { queryString } from '../../../api/query-string.ts';
import { InteractionGone } from '../../../app/interaction-gone.tsx';
import { ProblemPage } from '../../../app/problem-page.tsx';
import { getSignIn } from '../../../app/sign-in-view.api.ts';
import { FinishSignIn } from './finish-sign-in.tsx';
import { SignInCeremony } from './sign-in-ceremony.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** Why somebody is here again, by the `ended` parameter. */
const NOTICES: Record<string, string> = {
  idle: 'sign-in.ended-idle',
  time: 'sign-in.ended-time',
  refused: 'sign-in.ended-refused',
};
/** Why somebody who is signed in is asked all the same. */
const CONFIRM_AGAIN = 'sign-in.confirm-again';

/**
 * The sign-in of every portal. Its address names the relying party's interaction and the ceremony, so that
 * several tabs do not disturb one another and loading again goes on where one was.
 */
export default function SignInPage(): ReactElement {
  const { t } = useTranslation('sign-in');
  const [params, setParams] = useSearchParams();
  const queryClient = useQueryClient();
  const interaction = params.get('interaction');
  const signIn = useQuery({ queryKey: ['sign-in', interaction], queryFn: () => getSignIn(interaction) });

  if (isProblem(signIn.error, 'interaction-gone')) return <InteractionGone problem={signIn.error} />;
  if (signIn.error) return <ProblemPage error={signIn.error} retry={() => signIn.refetch()} />;
  if (!signIn.data) return <Waiting>{t('shell.loading')}</Waiting>;

  const view = signIn.data;
  const begin = (ceremony: CeremonyView): void => {
    queryClient.setQueryData(['ceremony', ceremony.id], ceremony);
    setParams(withCeremony(params, ceremony.id));
  };
  const startAgain = (why: string): void => {
    const next = withCeremony(params, null);
    next.set('ended', why);
    setParams(next, { replace: true });
  };

  const ceremony = params.get('ceremony') ?? view.ceremony?.id;
  if (ceremony) {
    return <SignInCeremony key={ceremony} id={ceremony} view={view} onRecover={begin} onGone={startAgain} />;
  }
  if (view.step === 'consent') return <Navigate to={`/consent${queryString({ interaction })}`} replace />;
  if (view.step === 'done') return <FinishSignIn ceremony={null} setUp={false} />;
  const notice = NOTICES[params.get('ended') ?? ''] ?? (view.session ? CONFIRM_AGAIN : undefined);
  return <SignInForm view={view} interaction={interaction} notice={notice} onStarted={begin} />;
}

function withCeremony(params: URLSearchParams, id: string | null): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of ['ceremony', 'choice', 'ended']) next.delete(name);
  if (id) next.set('ceremony', id);
  return next;
}
