import { Button, Countdown, Dialog, nowMs, useSecondsLeft } from '@sigillo/ui';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getAccount } from '../api/account.api.ts';
import { queryString } from '../api/query-string.ts';
import { useAction } from '../forms/use-action.ts';
import type { KeptSession } from './kept-session.ts';
import { leaveAccount, signOutHere } from './leave-account.ts';
import { refreshSession } from './session.ts';

/** The holder's, on the pages of the account and of self-care. */
const HOLDER: KeptSession = {
  pages: ['/account', '/selfcare'],
  signInPage: '/sign-in',
  refresh: refreshSession,
  // Any request of the account counts as activity.
  use: getAccount,
  signOut: signOutHere,
};

interface SessionWarningProps {
  expiresAt: string | null;
  /** Whose session it is, and what keeps it. */
  of?: KeptSession;
}

/** WCAG 2.2, 2.2.1 asks for at least 20 seconds to answer. */
const WARN_SECONDS = 60;

/**
 * Warns before the session ends for lack of activity and offers to stay. Other pages of the same browser may
 * have prolonged it, so the server is asked before warning.
 */
export function SessionWarning({ expiresAt, of = HOLDER }: SessionWarningProps): ReactElement | null {
  const endsAtMs = expiresAt ? Date.parse(expiresAt) : null;
  const secondsLeft = useSecondsLeft(endsAtMs);
  const near = endsAtMs !== null && secondsLeft <= WARN_SECONDS;
  const over = endsAtMs !== null && secondsLeft === 0 && endsAtMs <= nowMs();
  const [asked, setAsked] = useState(false);

  useEffect(() => {
    setAsked(false);
    if (near) void of.refresh().finally(() => setAsked(true));
  }, [near, of]);
  useEffect(() => {
    if (over) goOnWithoutSession(of);
  }, [over, of]);

  return near && asked && !over ? <StayDialog secondsLeft={secondsLeft} of={of} /> : null;
}

/** Pages of who is signed in are left; any other stays, with what is typed there. */
function goOnWithoutSession({ pages, signInPage, refresh }: KeptSession): void {
  const { pathname, search } = location;
  if (!pages.some((beginning) => pathname.startsWith(beginning))) return void refresh();
  leaveAccount(`${signInPage}${queryString({ returnTo: pathname + search, ended: 'idle' })}`);
}

function StayDialog({ secondsLeft, of }: { secondsLeft: number; of: KeptSession }): ReactElement {
  const { t } = useTranslation('shell');
  const { run, busy } = useAction();
  const stay = (): Promise<boolean> =>
    run(async () => {
      await of.use();
      await of.refresh();
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
        <Button look="quiet" wide onClick={of.signOut}>
          {t('shell.sign-out')}
        </Button>
      </div>
    </Dialog>
  );
}
