import { Button } from '@sigillo/ui';
import { type ReactElement, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answering } from './use-answer.ts';

interface AnswerButtonsProps {
  isSignIn: boolean;
  /** For the button that approves. */
  approveId: string;
  /** What is asked: read out with the button that has the focus. */
  describedBy: string;
  /** Whether all that approving takes was typed. */
  isReady: boolean;
  busy: Answering['busy'];
  onRefuse: () => void;
  onApprove: () => void;
  onNotMe: () => void;
}

/**
 * Two equal buttons; the one that refuses has the focus from the start, so that it is what Enter does ([QR-4]).
 */
export function AnswerButtons(props: AnswerButtonsProps): ReactElement {
  const { isSignIn, approveId, describedBy, isReady, busy, onRefuse, onApprove, onNotMe } = props;
  const { t } = useTranslation();
  const refuse = useRef<HTMLButtonElement>(null);
  useEffect(() => refuse.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <div className="actions-pair answers">
        <Button
          ref={refuse}
          aria-describedby={describedBy}
          busy={busy === 'refused'}
          unavailable={busy !== undefined}
          onClick={onRefuse}
        >
          {t('requests.refuse')}
        </Button>
        <Button
          id={approveId}
          aria-describedby={isReady ? undefined : 'number-hint'}
          busy={busy === 'approve'}
          unavailable={!isReady || busy !== undefined}
          onClick={onApprove}
        >
          {isSignIn ? t('requests.approve') : t('requests.confirm')}
        </Button>
      </div>
      <Button look="danger-quiet" wide unavailable={busy !== undefined} onClick={onNotMe}>
        {t('requests.not-me')}
      </Button>
    </>
  );
}
