import { Dialog } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView } from '../api/contract.ts';
import { CeremonySteps } from '../ceremony/ceremony-steps.tsx';
import { type StageProps, StageProvider } from '../ceremony/stage.tsx';
import { ProblemNotice } from '../forms/problem-notice.tsx';
import { useAction } from '../forms/use-action.ts';

/** How the dialog ended: given up without doing anything, or refused in the app. */
export type StepUpEnd = 'proven' | 'given-up' | 'refused';

interface StepUpDialogProps {
  ceremony: CeremonyView;
  /** What the proof is worth once it is given; left out where the repeated request brings it along. */
  onProven?: ((satisfied: CeremonyView) => Promise<void>) | undefined;
  onEnd: (end: StepUpEnd) => void;
}

/** "Confirm that it is you", above the page that needs it. */
export function StepUpDialog({ ceremony: first, onProven, onEnd }: StepUpDialogProps): ReactElement {
  const { t } = useTranslation('ceremony');
  const [ceremony, setCeremony] = useState(first);
  const [chosen, setChosen] = useState<string>();
  const { run, problem, attempt } = useAction();
  const finish = (satisfied: CeremonyView): Promise<boolean> =>
    run(async () => {
      await onProven?.(satisfied);
      onEnd('proven');
    });

  return (
    <Dialog title={t('ceremony.step-up-title')} onClose={() => onEnd('given-up')}>
      <ProblemNotice problem={problem} attempt={attempt} />
      <StageProvider value={DialogStage}>
        <CeremonySteps
          key={ceremony.id}
          ceremony={ceremony}
          onChange={setCeremony}
          chosen={chosen}
          onChoose={setChosen}
          onDone={finish}
          onRefused={() => onEnd('refused')}
        />
      </StageProvider>
    </Dialog>
  );
}

function DialogStage({ title, lead, children }: StageProps): ReactElement {
  return (
    <div className="stack stack--loose">
      <div className="task-head">
        <h3>{title}</h3>
        {lead && <p className="muted">{lead}</p>}
      </div>
      {children}
    </div>
  );
}
