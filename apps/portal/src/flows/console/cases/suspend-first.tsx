import { Button } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../area/confirm-dialog.tsx';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { type CaseView, suspendFirst } from './cases.api.ts';

/** The account rests until two operators have decided. */
export function SuspendFirst({ one, onDone }: { one: CaseView; onDone: () => Promise<void> }): ReactElement {
  const { t } = useTranslation('cases');
  const [isAsked, setAsked] = useState(false);
  const withProof = useStepUp();
  const suspend = async (): Promise<void> => {
    await withProof((approval) => suspendFirst(one.id, approval));
    await onDone();
  };
  const ends = one.payload.cause === 'holder-request' ? 'holder' : 'two';
  return (
    <section className="card stack">
      <h2>{t('cases.suspend-first')}</h2>
      <p className="muted">{t('cases.suspend-first-text')}</p>
      <div>
        <Button look="danger-quiet" className="button--flush" icon="lock" onClick={() => setAsked(true)}>
          {t('cases.suspend-first-action')}
        </Button>
      </div>
      {isAsked && (
        <ConfirmDialog
          title={t('cases.suspend-first-title')}
          action={t('cases.suspend-first-action')}
          onConfirm={suspend}
          onClose={() => setAsked(false)}
        >
          <ul className="notice-list">
            <li>{t('cases.suspend-first-1')}</li>
            <li>{t(`cases.suspend-first-ends-${ends}`)}</li>
          </ul>
        </ConfirmDialog>
      )}
    </section>
  );
}
