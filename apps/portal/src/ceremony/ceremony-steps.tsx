import { type ReactElement, useEffect, useEffectEvent, useState } from 'react';
import type { CeremonyView } from '../api/contract.ts';
import { ChooseMethod } from './choose-method.tsx';
import { CorrectPhone } from './correct-phone.tsx';
import { CONFIRM_PHONE, isPasskey } from './method-words.ts';
import { EVERY_WAY, type NextStep, nextStep, optionKey } from './next-step.ts';
import { PasskeyStep } from './passkey-step.tsx';
import { ProveStep } from './prove-step.tsx';
import { PushStep } from './push-step.tsx';
import { RecoverIntro } from './recover-intro.tsx';
import { ScanStep } from './scan-step.tsx';
import { SendStep } from './send-step.tsx';
import { SetUpWizard } from './set-up/set-up-wizard.tsx';
import { Stuck } from './stuck.tsx';
import { TokenStep } from './token-step.tsx';

interface CeremonyStepsProps {
  ceremony: CeremonyView;
  /** The ceremony went on, or another one began. */
  onChange: (ceremony: CeremonyView) => void;
  /** Key of the chosen option; kept by the page, so that its address can remember it. */
  chosen: string | undefined;
  onChoose: (key: string | undefined) => void;
  /** Everything asked for is proven; `setUp` when a second factor was set up on the way. Called once. */
  onDone: (ceremony: CeremonyView, setUp: boolean) => void;
  /** The holder said in the app that it was somebody else: nothing is left of the ceremony. */
  onRefused: () => void;
}

/**
 * Leads through a ceremony, whatever it is for: choose, send, prove, set up, recover. Shows nothing once it is
 * satisfied: what follows is for the page to say. Give it the ceremony's id as its `key`.
 */
export function CeremonySteps(props: CeremonyStepsProps): ReactElement | null {
  const { ceremony, onChange, chosen, onChoose } = props;
  // Once begun, the wizard goes to its end: the ceremony may be satisfied before the second factor of two.
  const [wizard, setWizard] = useState<'closed' | 'open' | 'done'>('closed');
  const [givesUp, setGivesUp] = useState(false);
  const [pressed, setPressed] = useState<string>();
  const step = nextStep(ceremony, chosen);
  if (step.kind === 'set-up' && wizard === 'closed') setWizard('open');
  const over = step.kind === 'satisfied' && wizard !== 'open';
  const finish = useEffectEvent(() => props.onDone(ceremony, wizard === 'done'));
  useEffect(() => {
    if (over) finish();
  }, [over]);

  if (wizard === 'open') {
    return <SetUpWizard ceremony={ceremony} onChange={onChange} onDone={() => setWizard('done')} />;
  }
  const recovering = ceremony.purpose === 'recover-second-factor';
  if (givesUp) {
    const onBack = (): void => setGivesUp(false);
    if (recovering) return <Stuck ceremony={ceremony} onBack={onBack} />;
    return <RecoverIntro ceremony={ceremony} onStart={onChange} onBack={onBack} />;
  }
  const press = (key: string): void => {
    setPressed(key);
    onChoose(key);
  };
  const onRecover = ceremony.canRecover || recovering ? () => setGivesUp(true) : undefined;
  switch (step.kind) {
    case 'choose':
      return <ChooseMethod ceremony={ceremony} onChoose={press} onRecover={onRecover} />;
    case 'send':
    case 'prove':
    case 'push':
    case 'scan':
      return <OptionStep {...props} step={step} pressed={pressed} onRecover={onRecover} />;
    case 'stuck':
      return <Stuck ceremony={ceremony} />;
    default:
      return null;
  }
}

interface OptionStepProps extends CeremonyStepsProps {
  step: Extract<NextStep, { kind: 'send' | 'prove' | 'push' | 'scan' }>;
  /** The option that was pressed on this page, as opposed to found in its address. */
  pressed: string | undefined;
  onRecover: (() => void) | undefined;
}

/** The chosen option: its code is sent first if need be, then typed. */
function OptionStep(props: OptionStepProps): ReactElement {
  const { ceremony, onChange, onChoose, step, onRecover, pressed, onRefused } = props;
  const [corrects, setCorrects] = useState(false);
  const shared = {
    ceremony,
    option: step.option,
    onSent: (challenge: CeremonyView['challenge']) => onChange({ ...ceremony, challenge }),
    onAnother: ceremony.options.length > 1 ? () => onChoose(EVERY_WAY) : undefined,
    onRecover,
    onCorrect: step.option.slot === CONFIRM_PHONE ? () => setCorrects(true) : undefined,
  };
  const prove = (next: CeremonyView): void => {
    onChoose(undefined);
    onChange(next);
  };

  if (corrects) {
    const corrected = (next: CeremonyView): void => {
      setCorrects(false);
      onChange(next);
    };
    return <CorrectPhone ceremony={ceremony} onCorrected={corrected} onBack={() => setCorrects(false)} />;
  }
  const key = optionKey(step.option);
  if (step.kind === 'push') {
    const push = { challenge: step.challenge, isWanted: pressed === key, onChange, onRefused };
    return <PushStep key={key} {...shared} {...push} onProven={prove} />;
  }
  if (step.kind === 'scan') return <ScanStep key={key} {...shared} onProven={prove} />;
  if (isPasskey(step.option.method)) return <PasskeyStep key={key} {...shared} onProven={prove} />;
  if (step.option.method === 'hardware-token') return <TokenStep key={key} {...shared} onProven={prove} />;
  if (step.kind === 'send') return <SendStep key={key} {...shared} />;
  return <ProveStep key={key} {...shared} challenge={step.challenge} onProven={prove} />;
}
