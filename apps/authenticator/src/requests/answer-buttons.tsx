import { Button } from '@sigillo/ui';
import { type ReactElement, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NotMeDialog } from './not-me.dialog.tsx';
import type { Answering } from './use-answer.ts';

interface AnswerButtonsProps {
  isSignIn: boolean;
  refuse: RefObject<HTMLButtonElement | null>;
  /** For the button that approves. */
  approveId: string;
  /** What is asked: read out with the button that has the focus. */
  describedBy: string;
  /** Whether all that approving takes was typed. */
  isReady: boolean;
  number: string | null;
  answering: Answering;
}

/** Two equal buttons, and a way out for whoever did not ask. */
export function AnswerButtons(props: AnswerButtonsProps): ReactElement {
  const { isSignIn, refuse, approveId, describedBy, isReady, number, answering } = props;
  const { busy } = answering;
  const { t } = useTranslation();
  const [isDisowning, setIsDisowning] = useState(false);
  return (
    <>
      <div className="actions-pair answers">
        <Button
          ref={refuse}
          aria-describedby={describedBy}
          busy={busy === 'refused'}
          unavailable={busy !== undefined}
          onClick={() => answering.refuse('refused')}
        >
          {t('requests.refuse')}
        </Button>
        <Button
          id={approveId}
          aria-describedby={isReady ? undefined : 'number-hint'}
          busy={busy === 'approve'}
          unavailable={!isReady || busy !== undefined}
          onClick={() => answering.approve(number)}
        >
          {isSignIn ? t('requests.approve') : t('requests.confirm')}
        </Button>
      </div>
      <Button look="danger-quiet" wide unavailable={busy !== undefined} onClick={() => setIsDisowning(true)}>
        {t('requests.not-me')}
      </Button>
      {isDisowning && (
        <NotMeDialog
          isBusy={busy === 'not-me'}
          onConfirm={() => answering.refuse('not-me')}
          onClose={() => setIsDisowning(false)}
        />
      )}
    </>
  );
}
