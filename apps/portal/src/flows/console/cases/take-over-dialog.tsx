import { Button, Dialog, TextArea } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';

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
  const form = useForm({
    name: 'take-over',
    initial: { note: '' },
    checks: { note: (note) => (note.trim().length < SHORTEST_NOTE ? 'cases.take-over-needed' : undefined) },
    send: async ({ note }) => {
      await onTake(note.trim());
      onClose();
    },
  });
  return (
    <Dialog title={t('cases.take-over-title', { name })} onClose={onClose}>
      <FormFrame form={form}>
        <TextArea
          {...form.field('note')}
          label={t('cases.take-over-note')}
          hint={t('cases.take-over-hint')}
          maxLength={500}
        />
        <div className="actions">
          <SubmitButton state={form}>{t('cases.take-over')}</SubmitButton>
          <Button look="quiet" wide onClick={onClose}>
            {t('ui.cancel')}
          </Button>
        </div>
      </FormFrame>
    </Dialog>
  );
}
