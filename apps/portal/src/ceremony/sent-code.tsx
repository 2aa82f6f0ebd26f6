import { Button, Countdown, useSecondsLeft } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChallengeView } from '../api/contract.ts';
import { useAction } from '../forms/use-action.ts';
import { isUnavailable, SendProblem } from './send-problem.tsx';
import { SupportLink } from './support-link.tsx';

interface SentCodeProps {
  challenge: ChallengeView;
  /** It took the place of another one. */
  again: boolean;
  /** The holder has another way to confirm. */
  hasAnother: boolean;
  onResend: () => Promise<void>;
}

/** How long a sent code lasts, and when another one can be sent. */
export function SentCode({ challenge, again, hasAnother, onResend }: SentCodeProps): ReactElement {
  const { t } = useTranslation('ceremony');
  const lasts = useSecondsLeft(Date.parse(challenge.expiresAt));
  const wait = useSecondsLeft(challenge.resendAt ? Date.parse(challenge.resendAt) : null);
  const { run, ...action } = useAction();

  return (
    <div className="stack stack--tight">
      {again && lasts > 0 && (
        <p className="small" role="status">
          {t('ceremony.sent-again')}
        </p>
      )}
      <p className="muted small" role={lasts === 0 ? 'status' : undefined}>
        {lasts > 0 ? (
          <>
            {t('ceremony.code-lasts')} <Countdown seconds={lasts} />
          </>
        ) : (
          t('ceremony.code-expired')
        )}
      </p>
      <SendProblem action={action} hasAnother={hasAnother} />
      {isUnavailable(action) ? (
        !hasAnother && <SupportLink look="quiet" />
      ) : (
        <ResendLine
          wait={Math.max(wait, action.waitSeconds)}
          busy={action.busy}
          onResend={() => run(onResend)}
        />
      )}
    </div>
  );
}

/** "You can ask for another one in 0:28", then the button for it. */
export function ResendLine(props: { wait: number; busy: boolean; onResend: () => void }): ReactElement {
  const { t } = useTranslation('ceremony');
  const ready = props.wait === 0;
  return (
    <>
      {ready ? (
        <Button
          look="quiet"
          small
          icon="refresh"
          className="button--start"
          busy={props.busy}
          onClick={props.onResend}
        >
          {t('ceremony.send-another')}
        </Button>
      ) : (
        <p className="muted small resend-wait">
          {t('ceremony.send-another-in')} <Countdown seconds={props.wait} />
        </p>
      )}
      <span className="visually-hidden" role="status">
        {ready ? t('ceremony.send-another-ready') : ''}
      </span>
    </>
  );
}
