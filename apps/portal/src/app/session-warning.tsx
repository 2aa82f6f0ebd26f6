import { Button, Countdown, Dialog, nowMs, useSecondsLeft } from '@sigillo/ui';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getAccount } from '../api/account.api.ts';
import { queryString } from '../api/query-string.ts';
import { useAction } from '../forms/use-action.ts';
import { leaveAccount, signOutHere } from './leave-account.ts';
import { refreshSession } from './session.ts';

/** WCAG 2.2, 2.2.1 asks for at least 20 seconds to answer. */
const WARN_SECONDS = 60;

/**
 * Warns before the session ends for lack of activity and offers to stay. Other pages of the same browser may
 * have prolonged it, so the server is asked before warning.
 */
export function SessionWarning({ expiresAt }: { expiresAt: string | null }): ReactElement | null {
  const endsAtMs = expiresAt ? Date.parse(expiresAt) : null;
  const secondsLeft = useSecondsLeft(endsAtMs);
  const near = endsAtMs !== null && secondsLeft <= WARN_SECONDS;
  const over = endsAtMs !== null && secondsLeft === 0 && endsAtMs <= nowMs();
  const [asked, setAsked] = useState(false);

  useEffect(() => {
    setAsked(false);
    if (near) void refreshSession().finally(() => setAsked(true));
  }, [near]);
  useEffect(() => {
    if (over) goOnWithoutSession();
  }, [over]);

  return near && asked && !over ? <StayDialog secondsLeft={secondsLeft} /> : null;
}

/** Pages of the account are left; any other stays, with what is typed there. */
function goOnWithoutSession(): void {
  const { pathname, search } = location;
  if (!pathname.startsWith('/account')) return void refreshSession();
  leaveAccount(`/sign-in${queryString({ returnTo: pathname + search, ended: 'idle' })}`);
}

function StayDialog({ secondsLeft }: { secondsLeft: number }): ReactElement {
  const { t } = useTranslation('shell');
  const { run, busy } = useAction();
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
        <Button look="quiet" wide onClick={signOutHere}>
          {t('shell.sign-out')}
        </Button>
      </div>
    </Dialog>
  );
}
