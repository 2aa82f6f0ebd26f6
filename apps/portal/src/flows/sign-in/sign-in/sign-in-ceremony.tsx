import { Notice, Waiting } from '@sigillo/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import type { CeremonyView, RelyingPartyView, SignInView } from '../../../api/contract.ts';
import { Asker } from '../../../app/asker.tsx';
import { ProblemPage } from '../../../app/problem-page.tsx';
import { Task } from '../../../app/task.tsx';
import { getCeremony } from '../../../ceremony/ceremony.api.ts';
import { CeremonySteps } from '../../../ceremony/ceremony-steps.tsx';
import { type StageComponent, StageProvider } from '../../../ceremony/stage.tsx';
import { FinishSignIn } from './finish-sign-in.tsx';
import { LiftSuspension } from './lift-suspension.tsx';
import { Recovered } from './recovered.tsx';
import { RenewPassword } from './renew-password.tsx';

interface SignInCeremonyProps {
  id: string;
  view: SignInView;
  /** The recovery of a lost second factor has begun, in a ceremony of its own. */
  onRecover: (recovery: CeremonyView) => void;
  /** The ceremony has expired, or was refused on the holder's telephone: back to the password. */
  onGone: (why: 'time' | 'refused') => void;
}

/** What comes after the password: second factor, set-up, recovery; then the session. */
export function SignInCeremony({ id, view, onRecover, onGone }: SignInCeremonyProps): ReactElement | null {
  const { t } = useTranslation('sign-in');
  const { chosen, choose } = useChoice();
  const queryClient = useQueryClient();
  const queryKey = ['ceremony', id];
  const query = useQuery({ queryKey, queryFn: () => getCeremony(id), staleTime: 60_000 });
  const [done, setDone] = useState<{ ceremony: CeremonyView; setUp: boolean }>();
  const renewsLater = query.data?.renewalLater === true;
  const stage = useMemo(() => stageFor(view.relyingParty, renewsLater), [view.relyingParty, renewsLater]);
  const gone = isProblem(query.error, 'ceremony-gone');
  const leave = useEffectEvent(() => onGone('time'));
  useEffect(() => {
    if (gone) leave();
  }, [gone]);

  if (gone) return null;
  if (query.error) return <ProblemPage error={query.error} retry={() => query.refetch()} />;
  if (!query.data) return <Waiting>{t('shell.loading')}</Waiting>;
  if (done?.ceremony.purpose === 'recover-second-factor') return <Recovered />;
  if (done) return <FinishSignIn {...done} />;

  const advance = (next: CeremonyView): void => {
    if (next.id === id) queryClient.setQueryData(queryKey, next);
    else onRecover(next);
  };
  if (query.data.renewal) {
    const { passwordMinLength: minLength } = view;
    return <RenewPassword ceremony={query.data} minLength={minLength} onRenewed={advance} />;
  }
  const lifts = query.data.purpose === 'lift-suspension';
  const steps = (
    <StageProvider value={stage}>
      <CeremonySteps
        ceremony={query.data}
        onChange={advance}
        chosen={chosen}
        onChoose={choose}
        onDone={(ceremony, setUp) => lifts || setDone({ ceremony, setUp })}
        onRefused={() => onGone('refused')}
      />
    </StageProvider>
  );
  return lifts ? <LiftSuspension ceremony={query.data}>{steps}</LiftSuspension> : steps;
}

/** The chosen option, kept in the address: going back and loading again do what one expects. */
function useChoice(): { chosen: string | undefined; choose: (key: string | undefined) => void } {
  const [params, setParams] = useSearchParams();
  const choose = (key: string | undefined): void => {
    const next = new URLSearchParams(params);
    if (key) next.set('choice', key);
    else next.delete('choice');
    // Taking a choice back leaves no page behind.
    setParams(next, { replace: !key });
  };
  return { chosen: params.get('choice') ?? undefined, choose };
}

/**
 * A card that says who is asking, unless it says which step of a wizard this is.
 *
 * @param renewsLater a proof is asked for first, since the password is over: the holder is told why
 */
function stageFor(relyingParty: RelyingPartyView | null, renewsLater: boolean): StageComponent {
  return ({ children, ...props }) => (
    <Task {...props} before={props.before || <Asker relyingParty={relyingParty} />}>
      {renewsLater && <ProofFirst />}
      {children}
    </Task>
  );
}

function ProofFirst(): ReactElement {
  const { t } = useTranslation('renew-password');
  return <Notice>{t('renew-password.proof-first')}</Notice>;
}
