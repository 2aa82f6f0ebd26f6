import { Button, SelectField, TextArea } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../area/confirm-dialog.tsx';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { type CaseView, decideCase } from './cases.api.ts';

/** Accepting these takes nothing away. */
const HARMLESS: readonly string[] = ['document-review', 'identity-request', 'lift-request'];
const REASONS = ['blurred', 'expired', 'other-person', 'differs', 'incomplete', 'other'] as const;

/** What becomes of the case: each decision is confirmed with the operator's key. */
export function DecideCase({ one, onDone }: { one: CaseView; onDone: () => Promise<void> }): ReactElement {
  const { t } = useTranslation('cases');
  const [asks, setAsks] = useState<'accept' | 'refuse'>();
  const withProof = useStepUp();
  const decide = async (verdict: { accept: boolean; reason?: string }): Promise<void> => {
    await withProof((approval) => decideCase(one.id, verdict, approval));
    await onDone();
  };
  return (
    <section className="card stack">
      <h2>{t('cases.decision')}</h2>
      <p className="muted">{one.approvals === 2 ? t('cases.takes-two') : t('cases.takes-one')}</p>
      <div className="button-row">
        <Button look="primary" icon="check" onClick={() => setAsks('accept')}>
          {t('cases.accept')}
        </Button>
        <Button look="danger" onClick={() => setAsks('refuse')}>
          {t('cases.refuse')}
        </Button>
      </div>
      {asks === 'accept' && (
        <ConfirmDialog
          title={t(`cases.accept-title-${one.kind}`)}
          action={t('cases.accept')}
          isHarmless={HARMLESS.includes(one.kind)}
          onConfirm={() => decide({ accept: true })}
          onClose={() => setAsks(undefined)}
        >
          <p>{t(`cases.accept-text-${one.kind}`)}</p>
        </ConfirmDialog>
      )}
      {asks === 'refuse' && <RefuseDialog onRefuse={decide} onClose={() => setAsks(undefined)} />}
    </section>
  );
}

interface RefuseDialogProps {
  onRefuse: (verdict: { accept: boolean; reason: string }) => Promise<void>;
  onClose: () => void;
}

/** Why: one of the usual reasons, and words of one's own, which the holder may read. */
function RefuseDialog({ onRefuse, onClose }: RefuseDialogProps): ReactElement {
  const { t } = useTranslation('cases');
  const [usual, setUsual] = useState<(typeof REASONS)[number]>('blurred');
  const [words, setWords] = useState('');
  const reason = [usual === 'other' ? '' : t(`cases.reason-${usual}`), words.trim()]
    .filter(Boolean)
    .join(' ');
  return (
    <ConfirmDialog
      title={t('cases.refuse-title')}
      action={t('cases.refuse')}
      onConfirm={() => onRefuse({ accept: false, reason })}
      onClose={onClose}
    >
      <SelectField
        label={t('cases.reason')}
        value={usual}
        options={REASONS.map((one) => ({ value: one, label: t(`cases.reason-${one}`) }))}
        onChange={setUsual}
      />
      <TextArea label={t('cases.words')} value={words} maxLength={300} onChange={setWords} />
    </ConfirmDialog>
  );
}
