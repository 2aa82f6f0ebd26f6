import { Button, Countdown, useSecondsLeft } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChallengeView } from '../api/contract.ts';
import { ProblemNotice } from '../forms/problem-notice.tsx';
import { useAction } from '../forms/use-action.ts';

interface SentCodeProps {
  challenge: ChallengeView;
  /** It took the place of another one. */
  again: boolean;
  onResend: () => Promise<void>;
}

/** How long a sent code lasts, and when another one can be sent. */
export function SentCode({ challenge, again, onResend }: SentCodeProps): ReactElement {
  const { t } = useTranslation('ceremony');
  const lasts = useSecondsLeft(Date.parse(challenge.expiresAt));
  const wait = useSecondsLeft(challenge.resendAt ? Date.parse(challenge.resendAt) : null);
  const { run, busy, problem, attempt, waitSeconds } = useAction();

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
      <ProblemNotice problem={problem} attempt={attempt} />
      <ResendLine wait={Math.max(wait, waitSeconds)} busy={busy} onResend={() => run(onResend)} />
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
