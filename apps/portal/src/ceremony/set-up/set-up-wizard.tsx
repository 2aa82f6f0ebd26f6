import { Stepper } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import type { CeremonyView, EnrolmentView, SetUpView } from '../../api/contract.ts';
import { ChooseFactors } from './choose-factors.tsx';
import { ScanKey } from './scan-key.tsx';
import { offer, type SetUpChoice, screensOf } from './set-up-plan.ts';
import { SmsCode } from './sms-code.tsx';
import { SmsNumber } from './sms-number.tsx';

interface SetUpWizardProps {
  ceremony: CeremonyView;
  onChange: (ceremony: CeremonyView) => void;
  /** All chosen factors work, or the holder leaves the rest for later. */
  onDone: (ceremony: CeremonyView) => void;
}

/** Sets up a second factor: choose, then number and code, then the app. What was typed stays when going back. */
export function SetUpWizard({ ceremony, onChange, onDone }: SetUpWizardProps): ReactElement | null {
  // What may be set up is decided when the wizard opens: it shrinks with each factor that is done.
  const [setUp] = useState<SetUpView | null>(ceremony.setUp);
  const [choice, setChoice] = useState<SetUpChoice | undefined>(setUp ? offer(setUp).first : undefined);
  const [index, setIndex] = useState(0);
  const [sms, setSms] = useState<EnrolmentView>();
  if (!setUp || !choice) return null;

  const screens = screensOf(choice, setUp.methods.length > 1);
  const screen = screens[index];
  const isLast = index === screens.length - 1;
  const advance = (next: CeremonyView): void => {
    onChange(next);
    if (isLast) onDone(next);
    else setIndex(index + 1);
  };
  // A factor that is done is done: one goes back only within the one being set up.
  const back =
    screen === 'sms-number' || (screen === 'totp' && choice === 'totp') ? index > 0 : screen === 'sms-code';
  const shared = {
    ceremony,
    before: screens.length > 1 && <Stepper step={index + 1} of={screens.length} />,
    onBack: back ? () => setIndex(index - 1) : undefined,
  };

  switch (screen) {
    case 'choose':
      return (
        <ChooseFactors
          {...shared}
          setUp={setUp}
          choice={choice}
          onChoose={setChoice}
          onNext={() => setIndex(1)}
        />
      );
    case 'sms-number':
      return (
        <SmsNumber
          {...shared}
          known={setUp.phone}
          onSent={(enrolment) => {
            setSms(enrolment);
            setIndex(index + 1);
          }}
        />
      );
    case 'sms-code':
      return sms ? <SmsCode {...shared} enrolment={sms} onChange={setSms} onDone={advance} /> : null;
    case 'totp':
      return (
        <ScanKey
          {...shared}
          onDone={advance}
          onLater={choice === 'both' && !ceremony.setUp?.required ? () => onDone(ceremony) : undefined}
        />
      );
    default:
      return null;
  }
}
