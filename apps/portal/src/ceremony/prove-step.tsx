import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView, ChallengeView, MethodOption } from '../api/contract.ts';
import { needs, sixDigits } from '../forms/checks.ts';
import { FormFrame } from '../forms/form-frame.tsx';
import { SubmitButton } from '../forms/submit-button.tsx';
import { type Check, useForm } from '../forms/use-form.ts';
import { proveChallenge, startChallenge } from './ceremony.api.ts';
import { stepName, withLabel } from './method-words.ts';
import { OtherWays } from './other-ways.tsx';
import { ProofField } from './proof-field.tsx';
import { SentCode } from './sent-code.tsx';
import { useStage } from './stage.tsx';

interface ProveStepProps {
  ceremony: CeremonyView;
  option: MethodOption;
  /** The code that was sent, for methods that send one. */
  challenge: ChallengeView | null;
  onSent: (challenge: ChallengeView) => void;
  onProven: (ceremony: CeremonyView) => void;
  onAnother: (() => void) | undefined;
  onRecover: (() => void) | undefined;
  onCorrect: (() => void) | undefined;
}

/** A password and a recovery code have no fixed length. */
function checkOf(method: string): Check {
  return method === 'password' || method === 'recovery-code' ? needs(method) : sixDigits;
}

/** One field for the code (or the password), and what can be done when it does not come. */
export function ProveStep(props: ProveStepProps): ReactElement {
  const [again, setAgain] = useState(false);
  const resent = (challenge: ChallengeView): void => {
    setAgain(true);
    props.onSent(challenge);
  };
  // What was typed for an earlier code, and what was wrong with it, goes with it.
  return <ProveForm key={props.challenge?.id} {...props} onSent={resent} again={again} />;
}

function ProveForm(props: ProveStepProps & { again: boolean }): ReactElement {
  const { ceremony, option, challenge, again, onSent, onProven, onAnother, onRecover, onCorrect } = props;
  const { t } = useTranslation('ceremony');
  const Stage = useStage();
  const form = useForm({
    name: `prove-${option.method}`,
    initial: { code: '' },
    checks: { code: checkOf(option.method) },
    send: async ({ code }) => {
      const proof = challenge ? { code, challenge: challenge.id } : { code };
      onProven(await proveChallenge(ceremony.id, option, proof));
    },
  });

  return (
    <Stage
      title={t(`ceremony.prove-title-${stepName(option)}`)}
      lead={withLabel(t, `ceremony.prove-${stepName(option)}`, challenge?.sentTo ?? option.label)}
    >
      <FormFrame form={form}>
        <ProofField method={option.method} field={form.field('code')} />
        <SubmitButton state={form}>
          {option.method === 'password' ? t('ceremony.confirm') : t('ceremony.verify')}
        </SubmitButton>
      </FormFrame>
      {challenge && (
        <SentCode
          challenge={challenge}
          again={again}
          hasAnother={Boolean(onAnother)}
          onResend={async () => onSent(await startChallenge(ceremony.id, option))}
        />
      )}
      <OtherWays onAnother={onAnother} onRecover={onRecover} onCorrect={onCorrect} />
    </Stage>
  );
}
