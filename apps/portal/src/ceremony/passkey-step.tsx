import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/api-problem.ts';
import type { CeremonyView, MethodOption } from '../api/contract.ts';
import { ProblemNotice, RequestId } from '../forms/problem-notice.tsx';
import { SubmitButton } from '../forms/submit-button.tsx';
import { useAction } from '../forms/use-action.ts';
import { askPasskey, withPasskeyWords } from '../passkeys/browser-passkeys.ts';
import { proveChallenge, startChallenge } from './ceremony.api.ts';
import { methodIcon, withLabel } from './method-words.ts';
import { OtherWays } from './other-ways.tsx';
import { useStage } from './stage.tsx';

interface PasskeyStepProps {
  ceremony: CeremonyView;
  option: MethodOption;
  onProven: (ceremony: CeremonyView) => void;
  onAnother: (() => void) | undefined;
  onRecover: (() => void) | undefined;
}

/** One press, then the browser asks: a passkey instead of a code. */
export function PasskeyStep(props: PasskeyStepProps): ReactElement {
  const { ceremony, option, onProven, onAnother, onRecover } = props;
  const { t } = useTranslation('ceremony');
  const Stage = useStage();
  const { run, ...action } = useAction();
  const prove = async (): Promise<void> => {
    const { id, publicKey } = await startChallenge(ceremony.id, option);
    if (!publicKey) throw new ApiProblem('unexpected', 0);
    const proof = { challenge: id, credential: await askPasskey(publicKey) };
    onProven(await withPasskeyWords(() => proveChallenge(ceremony.id, option, proof)));
  };

  return (
    <Stage
      title={t(`ceremony.prove-title-${option.method}`)}
      lead={withLabel(t, `ceremony.prove-${option.method}`, option.label)}
    >
      <ProblemNotice problem={action.problem} attempt={action.attempt} />
      <div className="actions">
        <SubmitButton state={action} icon={methodIcon(option.method)} onClick={() => run(prove)}>
          {t(`ceremony.use-${option.method}`)}
        </SubmitButton>
      </div>
      <OtherWays onAnother={onAnother} onRecover={onRecover} />
      <RequestId problem={action.problem} />
    </Stage>
  );
}
