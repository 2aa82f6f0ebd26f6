import { Button, buttonClass, Icon, Notice } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queryClient } from '../../../app/query-client.ts';
import { ConfirmDialog } from '../../../area/confirm-dialog.tsx';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { endHolderSessions, type HolderFileView, startRecovery } from './holders.api.ts';

/** What help desk does for a holder; each names its consequences first, and asks the operator for a proof. */
const WAYS = {
  'recover-password': (file: string, approval?: string) => startRecovery(file, 'password', approval),
  'recover-second-factor': (file: string, approval?: string) =>
    startRecovery(file, 'second-factor', approval),
  'end-sessions': endHolderSessions,
} as const;
type Way = keyof typeof WAYS;

/** Starting a recovery, ending sessions, suspending: never a secret of the holder. */
export function HelpHolder({ holder }: { holder: HolderFileView }): ReactElement {
  const { t } = useTranslation('holders');
  const [asked, setAsked] = useState<Way>();
  const [done, setDone] = useState<Way>();
  const withProof = useStepUp();
  const carryOut = async (way: Way): Promise<void> => {
    await withProof((approval) => WAYS[way](holder.file, approval));
    setDone(way);
    await queryClient.invalidateQueries({ queryKey: ['holder-file', holder.file] });
  };
  return (
    <section className="card">
      <h2>{t('holders.help')}</h2>
      <p className="muted">{t('holders.help-text')}</p>
      {done && (
        <Notice tone="success" live>
          <p>{t(`holders.${done}-done`)}</p>
        </Notice>
      )}
      <div className="button-row">
        <Button icon="mail" onClick={() => setAsked('recover-password')}>
          {t('holders.recover-password')}
        </Button>
        <Button icon="shield" onClick={() => setAsked('recover-second-factor')}>
          {t('holders.recover-second-factor')}
        </Button>
      </div>
      <div className="button-row button-row--quiet">
        <Button look="danger-quiet" icon="log-out" onClick={() => setAsked('end-sessions')}>
          {t('holders.end-sessions')}
        </Button>
        {holder.status !== 'closed' && (
          <Link className={buttonClass('danger-quiet')} to={`/console/holders/${holder.file}/suspend`}>
            <Icon name="lock" />
            <span>{t('holders.suspend')}</span>
          </Link>
        )}
      </div>
      {asked && (
        <ConfirmDialog
          title={t(`holders.${asked}-title`)}
          action={t(`holders.${asked}-action`)}
          isHarmless={asked.startsWith('recover-')}
          onConfirm={() => carryOut(asked)}
          onClose={() => setAsked(undefined)}
        >
          <ul className="notice-list">
            <li>{t(`holders.${asked}-1`)}</li>
            <li>{t(`holders.${asked}-2`)}</li>
          </ul>
        </ConfirmDialog>
      )}
    </section>
  );
}
