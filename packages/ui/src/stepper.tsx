import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

interface StepperProps {
  step: number;
  of: number;
  /** What the steps lead to, where their own titles do not say it. */
  task?: string;
}

/** "Step 2 of 4", in words and as a bar. */
export function Stepper({ step, of, task }: StepperProps): ReactElement {
  const { t } = useTranslation('ui');
  const marks = Array.from({ length: of }, (_, index) => index + 1);
  return (
    <div className="stepper">
      <p>{[task, t('ui.step', { step, of })].filter(Boolean).join(' · ')}</p>
      <div className="stepper-track" aria-hidden="true">
        {marks.map((mark) => (
          <span key={mark} className={mark <= step ? 'is-done' : ''} />
        ))}
      </div>
    </div>
  );
}
