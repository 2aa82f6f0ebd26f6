import { Button, Dialog, TextArea } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';

interface TakeOverDialogProps {
  /** Who is at the case. */
  name: string;
  onTake: (note: string) => Promise<void>;
  onClose: () => void;
}

const SHORTEST_NOTE = 3;

/** Why somebody takes a case from a colleague: it stands in the history. */
export function TakeOverDialog({ name, onTake, onClose }: TakeOverDialogProps): ReactElement {
  const { t } = useTranslation(['cases', 'ui']);
  const [note, setNote] = useState('');
  const [isMissing, setMissing] = useState(false);
  const { run, busy, problem, attempt } = useAction();
  const take = async (): Promise<void> => {
    if (note.trim().length < SHORTEST_NOTE) return setMissing(true);
    if (await run(() => onTake(note.trim()))) onClose();
  };
  return (
    <Dialog title={t('cases.take-over-title', { name })} onClose={onClose}>
      <ProblemNotice problem={problem} attempt={attempt} />
      <TextArea
        label={t('cases.take-over-note')}
        hint={t('cases.take-over-hint')}
        error={isMissing ? t('cases.take-over-needed') : undefined}
        value={note}
        maxLength={500}
        onChange={setNote}
      />
      <div className="actions">
        <Button look="primary" wide busy={busy} onClick={() => void take()}>
          {t('cases.take-over')}
        </Button>
        <Button look="quiet" wide onClick={onClose}>
          {t('ui.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
