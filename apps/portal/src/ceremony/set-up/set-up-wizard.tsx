import { Stepper } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import type { CeremonyView, EnrolmentView, SetUpView } from '../../api/contract.ts';
import { knowsPasskeys } from '../../passkeys/browser-passkeys.ts';
import { ActivateToken } from './activate-token.tsx';
import { ChooseFactors } from './choose-factors.tsx';
import { MakePasskey } from './make-passkey.tsx';
import { ScanKey } from './scan-key.tsx';
import { mayGoBack, offer, type SetUpScreen, screensOf } from './set-up-plan.ts';
import { SmsCode } from './sms-code.tsx';
import { SmsNumber } from './sms-number.tsx';

interface SetUpWizardProps {
  ceremony: CeremonyView;
  onChange: (ceremony: CeremonyView) => void;
  /** All chosen factors work, or the holder leaves the rest for later. */
  onDone: (ceremony: CeremonyView) => Promise<void> | void;
}

/** Sets up a second factor: choose, then number and code, then the app. What was typed stays when going back. */
export function SetUpWizard(props: SetUpWizardProps): ReactElement | null {
  // What may be set up is decided when the wizard opens: it shrinks with each factor that is done.
  const [setUp] = useState(() => feasible(props.ceremony.setUp));
  return setUp && <Wizard {...props} setUp={setUp} />;
}

/** Without what this browser cannot do, unless that is all there is: then it says so. */
function feasible(setUp: SetUpView | null): SetUpView | null {
  if (!setUp || knowsPasskeys() || setUp.methods.length === 1) return setUp;
  const methods = setUp.methods.filter((method) => method !== 'passkey');
  return {
    ...setUp,
    methods,
    first: methods.includes(setUp.first) ? setUp.first : (methods[0] ?? setUp.first),
  };
}

type WizardProps = SetUpWizardProps & { setUp: SetUpView };

function Wizard({ ceremony, setUp, onChange, onDone }: WizardProps): ReactElement {
  const [choice, setChoice] = useState(offer(setUp).first);
  const [index, setIndex] = useState(0);
  const [sms, setSms] = useState<EnrolmentView>();
  const screens = screensOf(choice, setUp.methods.length > 1);
  const screen: SetUpScreen = screens[index] ?? 'choose';

  const next = async (changed: CeremonyView): Promise<void> => {
    onChange(changed);
    if (index === screens.length - 1) await onDone(changed);
    else setIndex(index + 1);
  };
  const codeSent = (enrolment: EnrolmentView): void => {
    setSms(enrolment);
    setIndex(index + 1);
  };
  const shared = {
    ceremony,
    before: screens.length > 1 && <Stepper step={index + 1} of={screens.length} />,
    onBack: mayGoBack(screens, index) ? () => setIndex(index - 1) : undefined,
  };
  const leaveApp = choice === 'both' && !ceremony.setUp?.required ? () => onDone(ceremony) : undefined;

  if (screen === 'sms-number') return <SmsNumber {...shared} known={setUp.phone} onSent={codeSent} />;
  if (screen === 'sms-code' && sms)
    return <SmsCode {...shared} enrolment={sms} onChange={setSms} onDone={next} />;
  if (screen === 'passkey') return <MakePasskey {...shared} onDone={next} />;
  if (screen === 'hardware-token') return <ActivateToken {...shared} onDone={next} />;
  if (screen === 'totp') return <ScanKey {...shared} onDone={next} onLater={leaveApp} />;
  const choosing = { setUp, choice, onChoose: setChoice, onNext: () => setIndex(1) };
  return <ChooseFactors {...shared} {...choosing} />;
}
