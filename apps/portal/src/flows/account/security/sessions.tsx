import { Button } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionEntry } from '../../../api/contract.ts';
import { leaveAccount } from '../../../app/leave-account.ts';
import { queryClient } from '../../../app/query-client.ts';
import { ConfirmDialog } from '../../../area/confirm-dialog.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { SessionItem } from './session-item.tsx';
import { endAllSessions, endSession, listSessions } from './sessions.api.ts';

const SESSIONS = ['account-sessions'];

/** Where the account is signed in, and how to end it there. */
export function Sessions(): ReactElement {
  const { t } = useTranslation('security');
  const sessions = useQuery({ queryKey: SESSIONS, queryFn: listSessions });
  const [ending, setEnding] = useState<SessionEntry | 'others' | 'all'>();
  const hasOthers = sessions.data?.some((session) => !session.current);

  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('security.sessions')}</h2>
        {hasOthers && (
          <Button look="danger-quiet" small className="button--flush" onClick={() => setEnding('others')}>
            {t('security.end-others')}
          </Button>
        )}
      </div>
      <p className="muted">{t('security.sessions-text')}</p>
      <Loaded query={sessions}>
        {(list) => (
          <ul className="items items--cards">
            {list.map((session) => (
              <SessionItem key={session.id} session={session} onEnd={() => setEnding(session)} />
            ))}
          </ul>
        )}
      </Loaded>
      <Button
        look="danger-quiet"
        small
        className="button--start"
        icon="log-out"
        onClick={() => setEnding('all')}
      >
        {t('security.end-all')}
      </Button>
      {ending && <EndDialog ending={ending} onClose={() => setEnding(undefined)} />}
    </section>
  );
}

interface EndDialogProps {
  ending: SessionEntry | 'others' | 'all';
  onClose: () => void;
}

function EndDialog({ ending, onClose }: EndDialogProps): ReactElement {
  const { t } = useTranslation('security');
  const withProof = useStepUp();
  const one = typeof ending === 'object' ? ending : undefined;
  const what = one ? (one.current ? 'current' : 'one') : (ending as 'others' | 'all');

  const end = async (): Promise<void> => {
    await withProof(() => (one ? endSession(one.id) : endAllSessions(what === 'others')));
    if (what === 'all' || what === 'current') return leaveAccount('/signed-out');
    await queryClient.invalidateQueries({ queryKey: SESSIONS });
  };
  return (
    <ConfirmDialog
      title={t(`security.end-${what}-title`)}
      action={t(`security.end-${what}-action`)}
      onConfirm={end}
      onClose={onClose}
    >
      <ul className="notice-list">
        <li>{t(`security.end-${what}-consequence`)}</li>
        <li>{t('security.end-portals')}</li>
      </ul>
    </ConfirmDialog>
  );
}
