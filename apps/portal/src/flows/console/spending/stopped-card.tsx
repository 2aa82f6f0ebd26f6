import { Button, Icon, When } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../../app/query-client.ts';
import { ConfirmDialog } from '../../../area/confirm-dialog.tsx';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { releasePrefix, type StoppedPrefix } from './spending.api.ts';

/** Prefixes that were stopped by themselves, why, and until when; they can be released before. */
export function StoppedCard({ stopped }: { stopped: readonly StoppedPrefix[] }): ReactElement {
  const { t } = useTranslation('spending');
  const [releasing, setReleasing] = useState<string>();
  return (
    <section className="card">
      <h2>{t('spending.stopped')}</h2>
      {stopped.length === 0 ? (
        <p className="muted">{t('spending.none-stopped')}</p>
      ) : (
        <ul className="items items--cards">
          {stopped.map((one) => (
            <StoppedItem key={one.prefix} stopped={one} onRelease={() => setReleasing(one.prefix)} />
          ))}
        </ul>
      )}
      {releasing && <ReleaseDialog prefix={releasing} onClose={() => setReleasing(undefined)} />}
    </section>
  );
}

function StoppedItem({
  stopped: { prefix, sent, confirmed, stoppedAt, until },
  onRelease,
}: {
  stopped: StoppedPrefix;
  onRelease: () => void;
}): ReactElement {
  const { t } = useTranslation('spending');
  return (
    <li className="item">
      <span className="choice-icon">
        <Icon name="warning" />
      </span>
      <div>
        <p className="item-title">{prefix}</p>
        <p className="muted small">{t('spending.why-stopped', { sent, confirmed })}</p>
        <ul className="item-facts">
          <li>
            {t('spending.stopped-at')} <When iso={stoppedAt} />
          </li>
          <li>
            {t('spending.until')} <When iso={until} />
          </li>
        </ul>
      </div>
      <div className="item-actions">
        <Button small onClick={onRelease}>
          {t('spending.release')}
        </Button>
      </div>
    </li>
  );
}

function ReleaseDialog({ prefix, onClose }: { prefix: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation('spending');
  const withProof = useStepUp();
  const release = async (): Promise<void> => {
    await withProof((approval) => releasePrefix(prefix, approval));
    await queryClient.invalidateQueries({ queryKey: ['spending'] });
  };
  return (
    <ConfirmDialog
      title={t('spending.release-title', { prefix })}
      action={t('spending.release-action')}
      isHarmless
      onConfirm={release}
      onClose={onClose}
    >
      <ul className="notice-list">
        <li>{t('spending.release-1')}</li>
        <li>{t('spending.release-2')}</li>
      </ul>
    </ConfirmDialog>
  );
}
