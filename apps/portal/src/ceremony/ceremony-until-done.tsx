import { Button, Waiting } from '@sigillo/ui';
import { type ReactElement, useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/api-problem.ts';
import type { CeremonyView } from '../api/contract.ts';
import { ProblemNotice } from '../forms/problem-notice.tsx';
import { useAction } from '../forms/use-action.ts';
import { CeremonySteps } from './ceremony-steps.tsx';

interface CeremonyUntilDoneProps {
  first: CeremonyView;
  /** Carries out what the ceremony is for, as soon as everything is proven. */
  finish: (ceremony: CeremonyView) => Promise<unknown>;
  /** The holder said in the app that it was somebody else. */
  onRefused: () => void;
  /** Too much time has passed: what it is for begins anew. */
  onGone: () => void;
}

/** A ceremony for one thing, and that thing at its end. Give it the ceremony's id as its `key`. */
export function CeremonyUntilDone({
  first,
  finish,
  onRefused,
  onGone,
}: CeremonyUntilDoneProps): ReactElement {
  const { t } = useTranslation('problems');
  const [ceremony, setCeremony] = useState(first);
  const [chosen, setChosen] = useState<string>();
  const { run, busy, problem, attempt, waitSeconds } = useAction();
  const carryOut = (proven: CeremonyView): Promise<boolean> => run(() => finish(proven));
  const isGone = isProblem(problem, 'ceremony-gone', 'operation-gone');
  const beginAnew = useEffectEvent(onGone);
  useEffect(() => {
    if (isGone) beginAnew();
  }, [isGone]);
  return (
    <>
      <ProblemNotice problem={problem} attempt={attempt} />
      <CeremonySteps
        ceremony={ceremony}
        onChange={setCeremony}
        chosen={chosen}
        onChoose={setChosen}
        onDone={(proven) => void carryOut(proven)}
        onRefused={onRefused}
      />
      {busy && <Waiting>{t('ui.loading')}</Waiting>}
      {problem && !isGone && !busy && (
        <Button unavailable={waitSeconds > 0} onClick={() => void carryOut(ceremony)}>
          {t('problems.try-again')}
        </Button>
      )}
    </>
  );
}
