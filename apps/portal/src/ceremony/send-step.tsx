import { Button } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView, ChallengeView, MethodOption } from '../api/contract.ts';
import { RequestId } from '../forms/problem-notice.tsx';
import { useAction } from '../forms/use-action.ts';
import { startChallenge } from './ceremony.api.ts';
import { methodIcon, stepName, withLabel } from './method-words.ts';
import { OtherWays } from './other-ways.tsx';
import { isUnavailable, SendProblem } from './send-problem.tsx';
import { useStage } from './stage.tsx';
import { SupportLink } from './support-link.tsx';

interface SendStepProps {
  ceremony: CeremonyView;
  option: MethodOption;
  onSent: (challenge: ChallengeView) => void;
  onAnother: (() => void) | undefined;
  onRecover: (() => void) | undefined;
  onCorrect: (() => void) | undefined;
}

/** Asks before a code is sent: nobody is surprised by a message, and none is wasted. */
export function SendStep(props: SendStepProps): ReactElement {
  const { ceremony, option, onSent, onAnother, onRecover, onCorrect } = props;
  const { t } = useTranslation('ceremony');
  const Stage = useStage();
  const { run, ...action } = useAction();
  const unavailable = isUnavailable(action);
  const send = (): Promise<boolean> => run(async () => onSent(await startChallenge(ceremony.id, option)));

  return (
    <Stage
      title={t(`ceremony.send-title-${stepName(option)}`)}
      lead={withLabel(t, `ceremony.send-${stepName(option)}`, option.label)}
    >
      <SendProblem action={action} hasAnother={Boolean(onAnother)} />
      <div className="actions">
        {unavailable ? (
          <InsteadOfSending onAnother={onAnother} />
        ) : (
          <Button
            look="primary"
            wide
            icon={methodIcon(option.method)}
            busy={action.busy}
            unavailable={action.waitSeconds > 0}
            onClick={send}
          >
            {t('ceremony.send')}
          </Button>
        )}
      </div>
      <OtherWays
        onAnother={unavailable ? undefined : onAnother}
        many={Boolean(onAnother)}
        onRecover={onRecover}
        onCorrect={onCorrect}
      />
      <RequestId problem={action.problem} />
    </Stage>
  );
}

/** What to do at once where no code can be sent for long. */
function InsteadOfSending({ onAnother }: Pick<SendStepProps, 'onAnother'>): ReactElement {
  const { t } = useTranslation('ceremony');
  if (!onAnother) return <SupportLink look="primary" />;
  return (
    <Button look="primary" wide onClick={onAnother}>
      {t('ceremony.another-way')}
    </Button>
  );
}
