import { Button, Countdown, Dialog, nowMs, useSecondsLeft } from '@sigillo/ui';
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { getAccount } from '../api/account.api.ts';
import { useAction } from '../forms/use-action.ts';
import { queryClient } from './query-client.ts';
import { refreshSession } from './session.ts';
import { useSignOut } from './use-sign-out.ts';

/** WCAG 2.2, 2.2.1 asks for at least 20 seconds to answer. */
const WARN_SECONDS = 60;

/**
 * Warns before the session ends for lack of activity and offers to stay. Other pages of the same browser may
 * have prolonged it, so the server is asked before warning.
 */
export function SessionWarning({ expiresAt }: { expiresAt: string | null }): ReactElement | null {
  const endsAtMs = expiresAt ? Date.parse(expiresAt) : null;
  const secondsLeft = useSecondsLeft(endsAtMs);
  const navigate = useNavigate();
  const near = endsAtMs !== null && secondsLeft <= WARN_SECONDS;
  const over = endsAtMs !== null && secondsLeft === 0 && endsAtMs <= nowMs();

  useEffect(() => {
    if (near) void refreshSession();
  }, [near]);
  useEffect(() => {
    if (!over) return;
    queryClient.clear();
    const returnTo = location.pathname + location.search;
    void navigate(`/sign-in?${new URLSearchParams({ returnTo, ended: 'idle' })}`);
  }, [over, navigate]);

  return near && !over ? <StayDialog secondsLeft={secondsLeft} /> : null;
}

function StayDialog({ secondsLeft }: { secondsLeft: number }): ReactElement {
  const { t } = useTranslation('shell');
  const { run, busy } = useAction();
  const leave = useSignOut();
  // Any request of the account counts as activity.
  const stay = (): Promise<boolean> =>
    run(async () => {
      await getAccount();
      await refreshSession();
    });

  return (
    <Dialog title={t('shell.session-ending-title')} onClose={stay}>
      <p>
        {t('shell.session-ending')} <Countdown seconds={secondsLeft} />
      </p>
      <div className="actions">
        <Button look="primary" wide busy={busy} onClick={stay}>
          {t('shell.stay-signed-in')}
        </Button>
        <Button look="quiet" wide onClick={leave}>
          {t('shell.sign-out')}
        </Button>
      </div>
    </Dialog>
  );
}
