import { buttonClass, Notice, Outcome, Stepper, Waiting } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate } from 'react-router';
import { type ApiProblem, isProblem } from '../../../api/api-problem.ts';
import type { Answer, CeremonyView } from '../../../api/contract.ts';
import { ProblemPage } from '../../../app/problem-page.tsx';
import { refreshSession } from '../../../app/session.ts';
import { Task } from '../../../app/task.tsx';
import { SignInAgain } from '../../../area/sign-in-again.tsx';
import { CeremonySteps } from '../../../ceremony/ceremony-steps.tsx';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { BackLink } from '../back-link.tsx';
import { refreshAccount } from '../use-account.ts';
import { ChangeableAt } from './changeable-at.tsx';
import { beginChange, type ContactKind } from './contacts.api.ts';
import { NewContact } from './new-contact.tsx';
import { NewContactCode } from './new-contact-code.tsx';

/** A code on the phone in use, the new address, a code on the new address. */
export function ChangeContactPage({ kind }: { kind: ContactKind }): ReactElement {
  const { t } = useTranslation('contacts');
  const withProof = useStepUp();
  const begun = useQuery({
    queryKey: ['change-contact', kind],
    queryFn: () => withProof(() => beginChange(kind)),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  if (isProblem(begun.error, 'proof-given-up')) return <Navigate to="/account" replace />;
  if (isProblem(begun.error, 'sign-in-needed')) return <SignInAgain />;
  return (
    <div className="account-page account-page--task">
      <BackLink to="/account">{t('contacts.back')}</BackLink>
      {isProblem(begun.error, 'contact-locked') ? (
        <Locked kind={kind} problem={begun.error} />
      ) : begun.error ? (
        <ProblemPage error={begun.error} retry={() => begun.refetch()} />
      ) : begun.data ? (
        <Steps key={begun.data.id} kind={kind} first={begun.data} />
      ) : (
        <Waiting>{t('shell.loading')}</Waiting>
      )}
    </div>
  );
}

function Locked({ kind, problem }: { kind: ContactKind; problem: ApiProblem }): ReactElement {
  const { t } = useTranslation('contacts');
  return (
    <Task title={t(`contacts.change-${kind}`)}>
      <ChangeableAt kind={kind} iso={String(problem.extension.until)} />
    </Task>
  );
}

type Named = Answer<'nameNewContact'> & { address: string };

function Steps({ kind, first }: { kind: ContactKind; first: CeremonyView }): ReactElement {
  const { t } = useTranslation('contacts');
  const navigate = useNavigate();
  const [ceremony, setCeremony] = useState(first);
  const [chosen, setChosen] = useState<string>();
  const [named, setNamed] = useState<Named>();
  const [changeableAt, setChangeableAt] = useState<string>();
  // Nothing is left to choose from once the change is authorised: what is open is the new address.
  const isAuthorised = ceremony.options.length === 0;
  const finish = async (at: string): Promise<void> => {
    setChangeableAt(at);
    await Promise.all([refreshAccount(), refreshSession()]);
  };
  if (changeableAt) return <Changed kind={kind} changeableAt={changeableAt} />;
  if (!isAuthorised)
    return (
      <>
        <Stepper step={1} of={3} task={t(`contacts.change-${kind}`)} />
        <CeremonySteps
          ceremony={ceremony}
          onChange={setCeremony}
          chosen={chosen}
          onChoose={setChosen}
          onDone={() => undefined}
          onRefused={() => void navigate('/account')}
        />
        <LostPhone kind={kind} />
      </>
    );
  if (named)
    return (
      <NewContactCode
        kind={kind}
        named={named}
        onSent={setNamed}
        onBack={() => setNamed(undefined)}
        onDone={finish}
      />
    );
  return <NewContact kind={kind} ceremony={ceremony.id} onNamed={setNamed} />;
}

/** Who does not have the phone in use any more recovers the account: there is no weaker way here. */
function LostPhone({ kind }: { kind: ContactKind }): ReactElement {
  const { t } = useTranslation('contacts');
  return (
    <Notice title={t('contacts.lost-title')}>
      <p>
        {t(kind === 'phone' ? 'contacts.lost-phone' : 'contacts.lost')}{' '}
        <Link to="/support">{t('contacts.lost-support')}</Link>
      </p>
    </Notice>
  );
}

function Changed({ kind, changeableAt }: { kind: ContactKind; changeableAt: string }): ReactElement {
  const { t } = useTranslation('contacts');
  return (
    <Task
      title={t(`contacts.changed-${kind}`)}
      lead={t('contacts.changed')}
      before={<Outcome icon="check" />}
    >
      <ChangeableAt kind={kind} iso={changeableAt} />
      <div className="actions">
        <Link className={buttonClass('primary', { wide: true })} to="/account">
          {t('contacts.done')}
        </Link>
      </div>
    </Task>
  );
}
