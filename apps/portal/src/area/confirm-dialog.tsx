import { Button, Dialog } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice, RequestId } from '../forms/problem-notice.tsx';
import { useAction } from '../forms/use-action.ts';

interface ConfirmDialogProps {
  title: string;
  /** Words of the button: what it does. */
  action: string;
  /** Nothing is lost by it: the button does not warn. */
  isHarmless?: boolean;
  onConfirm: () => Promise<void>;
  onClose: () => void;
  /** The consequences, in plain words. */
  children: ReactNode;
}

/** Before something that counts: what follows from it, then a button that says what it does. */
export function ConfirmDialog({
  title,
  action,
  isHarmless = false,
  onConfirm,
  onClose,
  children,
}: ConfirmDialogProps): ReactElement {
  const { t } = useTranslation('ui');
  const { run, busy, problem, attempt, waitSeconds } = useAction();
  const confirm = async (): Promise<void> => {
    if (await run(onConfirm)) onClose();
  };

  return (
    <Dialog title={title} onClose={onClose}>
      <ProblemNotice problem={problem} attempt={attempt} />
      {children}
      <div className="actions">
        <Button
          look={isHarmless ? 'primary' : 'danger'}
          wide
          busy={busy}
          unavailable={waitSeconds > 0}
          onClick={confirm}
        >
          {action}
        </Button>
        <Button look="quiet" wide onClick={onClose}>
          {t('ui.cancel')}
        </Button>
      </div>
      <RequestId problem={problem} />
    </Dialog>
  );
}
