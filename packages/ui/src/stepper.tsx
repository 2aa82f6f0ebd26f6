import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** "Step 2 of 4", in words and as a bar. */
export function Stepper({ step, of }: { step: number; of: number }): ReactElement {
  const { t } = useTranslation('ui');
  const marks = Array.from({ length: of }, (_, index) => index + 1);
  return (
    <div className="stepper">
      <p>{t('ui.step', { step, of })}</p>
      <div className="stepper-track" aria-hidden="true">
        {marks.map((mark) => (
          <span key={mark} className={mark <= step ? 'is-done' : ''} />
        ))}
      </div>
    </div>
  );
}
