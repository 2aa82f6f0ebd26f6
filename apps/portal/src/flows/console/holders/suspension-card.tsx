import { Badge, Button, Icon, Notice, TextArea, When } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../area/confirm-dialog.tsx';
import { type HolderFileView, requestLift } from './holders.api.ts';

type Hold = HolderFileView['holds'][number];

/** What the holder ends by signing in, unless they cannot prove themselves any more. */
const HOLDERS_OWN = ['holder-request', 'lost-credential', 'emergency-link'];

/** Why the account rests, until when, and how that ends. */
export function SuspensionCard({ holder }: { holder: HolderFileView }): ReactElement {
  const { t } = useTranslation('holders');
  const [asked, setAsked] = useState<Hold>();
  const [isDone, setDone] = useState(false);
  return (
    <section className="card">
      <h2>{t('holders.suspension')}</h2>
      {isDone && (
        <Notice tone="success" live>
          <p>{t('holders.lift-done')}</p>
        </Notice>
      )}
      <ul className="items items--cards">
        {holder.holds.map((hold) => (
          <li key={hold.cause} className="item">
            <span className="choice-icon">
              <Icon name="lock" />
            </span>
            <div>
              <p className="item-title">
                {t([`holders.hold-${hold.cause}`, 'holders.cause-other'], { cause: hold.cause })}{' '}
                <Badge>{t(`holders.set-by-${hold.setBy}`)}</Badge>
              </p>
              <ul className="item-facts">
                <li>
                  {t('holders.hold-since')} <When iso={hold.since} />
                </li>
                {hold.until && (
                  <li>
                    {t('holders.hold-until')} <When iso={hold.until} />
                  </li>
                )}
              </ul>
              <p className="muted small">
                {t(HOLDERS_OWN.includes(hold.cause) ? 'holders.ends-by-holder' : 'holders.ends-by-two')}
              </p>
            </div>
            <div className="item-actions">
              <Button small onClick={() => setAsked(hold)}>
                {t('holders.lift')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {asked && (
        <LiftDialog
          file={holder.file}
          hold={asked}
          onDone={() => setDone(true)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </section>
  );
}

interface LiftDialogProps {
  file: string;
  hold: Hold;
  onDone: () => void;
  onClose: () => void;
}

function LiftDialog({ file, hold, onDone, onClose }: LiftDialogProps): ReactElement {
  const { t } = useTranslation('holders');
  const [verified, setVerified] = useState('');
  const confirm = async (): Promise<void> => {
    await requestLift(file, hold.cause, verified.trim());
    onDone();
  };
  return (
    <ConfirmDialog
      title={t('holders.lift-title')}
      action={t('holders.lift-action')}
      onConfirm={confirm}
      onClose={onClose}
    >
      <ul className="notice-list">
        <li>{t('holders.lift-1')}</li>
        <li>{t('holders.lift-2')}</li>
      </ul>
      <TextArea
        label={t('holders.lift-verified')}
        hint={t('holders.lift-verified-hint')}
        value={verified}
        maxLength={300}
        onChange={setVerified}
      />
    </ConfirmDialog>
  );
}
